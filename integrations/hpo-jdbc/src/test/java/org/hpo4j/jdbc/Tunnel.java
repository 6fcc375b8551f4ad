package org.hpo4j.jdbc;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A way to a server that can go dark: connections stay open, and nothing comes through any more.
 */
final class Tunnel implements AutoCloseable {

  private static final Pattern PORT = Pattern.compile(":(\\d+)/");

  private final String url;
  private final int port;
  private final ServerSocket entrance;
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private volatile boolean dark;

  private Tunnel(String url, int port) throws IOException {
    this.url = url;
    this.port = port;
    entrance = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    start(this::accept);
  }

  /** A way to the server of a URL. */
  static Tunnel to(String url) throws IOException {
    Matcher matcher = PORT.matcher(url);
    if (!matcher.find()) {
      throw new IllegalArgumentException("no port in " + url);
    }
    return new Tunnel(url, Integer.parseInt(matcher.group(1)));
  }

  /** The database at its end. */
  String url() {
    return PORT.matcher(url).replaceFirst(":" + entrance.getLocalPort() + "/");
  }

  /** Nothing comes through from now on; connections of this time never recover. */
  void setDark(boolean isDark) {
    dark = isDark;
  }

  private static void start(Runnable work) {
    Thread thread = new Thread(work, "tunnel");
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    try {
      while (true) {
        Socket client = entrance.accept();
        sockets.add(client);
        if (!dark) {
          Socket server = new Socket(InetAddress.getLoopbackAddress(), port);
          sockets.add(server);
          start(() -> forward(client, server));
          start(() -> forward(server, client));
        }
      }
    } catch (IOException e) {
      // The end of the tunnel.
      dark = true;
    }
  }

  private void forward(Socket from, Socket to) {
    byte[] buffer = new byte[1 << 16];
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        if (dark) {
          return;
        }
        out.write(buffer, 0, n);
      }
      to.close();
    } catch (IOException e) {
      // The other direction was closed.
      sockets.remove(from);
    }
  }

  @Override
  public void close() throws IOException {
    entrance.close();
    for (Socket socket : sockets) {
      socket.close();
    }
  }
}
