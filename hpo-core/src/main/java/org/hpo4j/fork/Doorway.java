package org.hpo4j.fork;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.channels.ServerSocketChannel;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;

/**
 * Where a trial's process connects: a loopback socket that admits whoever knows a secret.
 *
 * <p>Why a socket: native code prints to file descriptor 1 whatever it likes, so the standard
 * streams cannot carry messages, and Java cannot open others for a child. Unlike a named pipe or a
 * Unix-domain socket it leaves no file behind when this process is killed, and it works on every
 * system. The secret goes through the child's standard input, which no other user can read, unlike
 * its arguments.
 */
final class Doorway implements Closeable {

  private static final int SECRET_BYTES = 16;
  private static final int SECRET_LETTERS = 2 * SECRET_BYTES;

  /** How long one that has connected may take to show the secret. */
  private static final int PATIENCE_MILLIS = 30_000;

  private final ServerSocketChannel channel;
  private final String secret;

  private Doorway(ServerSocketChannel channel, String secret) {
    this.channel = channel;
    this.secret = secret;
  }

  static Doorway open() throws IOException {
    byte[] secret = new byte[SECRET_BYTES];
    new SecureRandom().nextBytes(secret);
    ServerSocketChannel channel = ServerSocketChannel.open();
    try {
      channel.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    } catch (IOException e) {
      channel.close();
      throw e;
    }
    return new Doorway(channel, HexFormat.of().formatHex(secret));
  }

  /** What the child must know. */
  Map<String, ?> invitation() {
    return Map.of(
        "host", channel.socket().getInetAddress().getHostAddress(),
        "port", channel.socket().getLocalPort(),
        "secret", secret);
  }

  /** Connects the child to its parent. */
  static Socket enter(Message invitation) throws IOException {
    Socket socket = new Socket(invitation.text("host"), invitation.integer("port"));
    socket.getOutputStream().write(invitation.text("secret").getBytes(US_ASCII));
    return socket;
  }

  /**
   * Waits for the child.
   *
   * @throws SocketTimeoutException if the time is over
   */
  Socket admit(Deadline deadline) throws IOException {
    while (true) {
      // Sockets of channels: reading from them ends when the thread is interrupted.
      channel.socket().setSoTimeout(deadline.socketTimeout());
      Socket socket = channel.socket().accept();
      if (knowsSecret(socket)) {
        return socket;
      }
      socket.close();
    }
  }

  private boolean knowsSecret(Socket socket) throws IOException {
    socket.setSoTimeout(PATIENCE_MILLIS);
    try {
      byte[] shown = socket.getInputStream().readNBytes(SECRET_LETTERS);
      return MessageDigest.isEqual(shown, secret.getBytes(US_ASCII));
    } catch (SocketTimeoutException e) {
      return false;
    }
  }

  /** Ends {@link #admit}, too. */
  @Override
  public void close() throws IOException {
    channel.close();
  }
}
