package org.hpo4j.fork;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.net.Socket;
import java.util.Map;
import java.util.Optional;
import org.hpo4j.json.Json;

/** One end of the connection between the two processes. */
final class Wire {

  private final BufferedReader in;
  private final Writer out;

  Wire(Socket socket) throws IOException {
    // The library's JSON is ASCII.
    this.in = new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII));
    this.out = new OutputStreamWriter(socket.getOutputStream(), US_ASCII);
    socket.setTcpNoDelay(true);
  }

  /**
   * Waits for the next message; empty if the other end is closed.
   *
   * @throws IOException if it is broken off too, as by a process that dies while it writes
   */
  Optional<Message> read() throws IOException {
    try {
      return Optional.ofNullable(in.readLine()).map(Message::parse);
    } catch (IllegalArgumentException e) {
      throw new IOException(e);
    }
  }

  void write(Map<String, ?> fields) throws IOException {
    out.write(Json.write(fields) + "\n");
    out.flush();
  }
}
