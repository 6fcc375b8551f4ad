package org.hpo4j.jdbc;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What is between a worker and its server, and can fail: bytes are lost, connections break. */
final class Network implements AutoCloseable {

  /** What happens to the next commit. */
  enum Fault {
    /** It arrives; then the connection breaks, before the answer comes. */
    ANSWER_CUT,
    /** It arrives, but no answer does, and the connection stays open. */
    ANSWER_SILENT,
    /** The connection breaks, and the commit never arrives. */
    COMMIT_CUT
  }

  /** A fault that is to come, and what happens between it and the time when the worker sees it. */
  private record Plan(String words, Fault fault, Runnable meanwhile) {}

  private static final Pattern SERVER = Pattern.compile("//[^/:]+:(\\d+)/");

  private final ServerSocket door;
  private final int server;
  private final String url;
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private final AtomicReference<Plan> next = new AtomicReference<>();
  private volatile boolean dark;

  /** A network before the server of a URL. */
  Network(String direct) throws IOException {
    Matcher address = SERVER.matcher(direct);
    if (!address.find()) {
      throw new IOException("no port in " + direct);
    }
    server = Integer.parseInt(address.group(1));
    door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    // So that the driver of PostgreSQL sends the word COMMIT each time.
    url =
        address.replaceFirst("//127.0.0.1:" + door.getLocalPort() + "/")
            + (direct.contains("postgresql") ? "&prepareThreshold=0" : "");
    start(this::accept);
  }

  /** The URL that leads through it. */
  String url() {
    return url;
  }

  /** From now on nothing comes through, and nobody is told: connections stay open, and new ones. */
  void goDark() {
    dark = true;
  }

  /** New connections are good; the bytes of the others are lost for ever. */
  void comeBack() {
    dark = false;
  }

  void atNextCommit(Fault fault, Runnable meanwhile) {
    next.set(new Plan("COMMIT", fault, meanwhile));
  }

  /** The connection breaks on which some words come next, and they never arrive. */
  void cutAtNext(String words) {
    next.set(new Plan(words, Fault.COMMIT_CUT, () -> {}));
  }

  boolean hasFailed() {
    return next.get() == null;
  }

  private static void start(Runnable work) {
    Thread thread = new Thread(work, "network");
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    try {
      while (true) {
        Socket worker = door.accept();
        sockets.add(worker);
        if (!dark) {
          new Wire(worker, new Socket(InetAddress.getLoopbackAddress(), server)).connect();
        }
      }
    } catch (IOException e) {
      // Closed.
    }
  }

  /** A connection. */
  private final class Wire {
    private final Socket worker;
    private final Socket server;
    private final AtomicReference<Plan> failing = new AtomicReference<>();
    private volatile boolean dead;

    Wire(Socket worker, Socket server) throws IOException {
      this.worker = worker;
      this.server = server;
      worker.setTcpNoDelay(true);
      server.setTcpNoDelay(true);
      sockets.add(server);
    }

    void connect() {
      start(() -> pump(worker, server, true));
      start(() -> pump(server, worker, false));
    }

    private void pump(Socket from, Socket to, boolean up) {
      byte[] bytes = new byte[65_536];
      try {
        InputStream in = from.getInputStream();
        for (int n = in.read(bytes); n > 0; n = in.read(bytes)) {
          dead |= dark;
          if (!dead && !(up ? failsAt(bytes, n) : losesAnswer())) {
            to.getOutputStream().write(bytes, 0, n);
          }
        }
      } catch (IOException e) {
        // Cut.
      }
      if (!dead) {
        cut();
      }
    }

    /** Whether what the worker sends does not arrive. */
    private boolean failsAt(byte[] bytes, int n) {
      Plan plan = next.get();
      if (plan == null
          || !new String(bytes, 0, n, StandardCharsets.ISO_8859_1).contains(plan.words())
          || !next.compareAndSet(plan, null)) {
        return false;
      }
      failing.set(plan);
      return plan.fault() == Fault.COMMIT_CUT && losesAnswer();
    }

    private boolean losesAnswer() {
      Plan plan = failing.getAndSet(null);
      if (plan == null) {
        return false;
      }
      dead = true;
      if (plan.fault() == Fault.COMMIT_CUT) {
        close(server);
      }
      plan.meanwhile().run();
      if (plan.fault() != Fault.ANSWER_SILENT) {
        cut();
      }
      return true;
    }

    private void cut() {
      close(worker);
      close(server);
    }
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() throws IOException {
    door.close();
    sockets.forEach(Network::close);
  }
}
