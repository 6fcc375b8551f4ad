package org.hpo4j.jdbc;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.hpo4j.interop.PythonEnvironment;
import org.hpo4j.json.Json;

/** The real optuna-dashboard on a free port of this machine. */
final class Dashboard implements AutoCloseable {

  private static final Duration LONGEST_START = Duration.ofMinutes(2);

  private final HttpClient http = HttpClient.newHttpClient();
  private final Path log;
  private final int port;
  private final Process process;

  private Dashboard(Path log, int port, Process process) {
    this.log = log;
    this.port = port;
    this.process = process;
  }

  /**
   * Starts one.
   *
   * @param storage a journal's path or the URL of a database, in the words of SQLAlchemy
   */
  static Dashboard start(String storage) throws IOException, InterruptedException {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    Path log = Files.createTempFile("dashboard", ".log");
    log.toFile().deleteOnExit();
    Process process =
        new ProcessBuilder(
                PythonEnvironment.install()
                    .command(
                        "optuna-dashboard",
                        storage,
                        "--host",
                        "127.0.0.1",
                        "--port",
                        Integer.toString(port)))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    Dashboard dashboard = new Dashboard(log, port, process);
    try {
      dashboard.awaitAnswer();
      return dashboard;
    } catch (AssertionError e) {
      dashboard.close();
      throw e;
    }
  }

  private void awaitAnswer() throws IOException, InterruptedException {
    long end = System.nanoTime() + LONGEST_START.toNanos();
    while (System.nanoTime() < end && process.isAlive()) {
      try {
        if (ask("/api/studies").statusCode() == 200) {
          return;
        }
      } catch (IOException e) {
        // It does not listen yet.
        Thread.sleep(100);
      }
    }
    throw new AssertionError("the dashboard did not start:\n" + Files.readString(log));
  }

  private HttpResponse<String> ask(String path) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .timeout(Duration.ofMinutes(1))
            .build();
    return http.send(request, HttpResponse.BodyHandlers.ofString());
  }

  /** What it tells its pages. */
  Map<?, ?> get(String path) throws IOException, InterruptedException {
    HttpResponse<String> response = ask(path);
    if (response.statusCode() != 200) {
      throw new AssertionError(path + ": " + response.body() + "\n" + Files.readString(log));
    }
    return (Map<?, ?>) Json.parse(response.body()).orElseThrow();
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}
