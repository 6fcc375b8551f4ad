package org.hpo4j.mlflow;

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
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A real MLflow server with its data in a folder, in a virtual environment under {@code target}.
 */
final class MlflowServer implements AutoCloseable {

  private static final Path REQUIREMENTS = Path.of("src", "test", "python", "requirements.txt");
  private static final Path ENVIRONMENT = Path.of("target", "mlflow-server");
  private static final long LONGEST_MINUTES = 10;

  private final Path data;
  private final int port;
  private Process process;

  private MlflowServer(Path data, int port, Process process) {
    this.data = data;
    this.port = port;
    this.process = process;
  }

  /** Starts a server, which has to be installed first unless a run before did. */
  static MlflowServer start(Path data) throws IOException, InterruptedException {
    install();
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    MlflowServer server = new MlflowServer(data, port, launch(data, port));
    server.awaitAnswer();
    return server;
  }

  private static void install() throws IOException, InterruptedException {
    Path installed = ENVIRONMENT.resolve("installed");
    String wanted = Files.readString(REQUIREMENTS);
    if (Files.exists(installed) && Files.readString(installed).equals(wanted)) {
      return;
    }
    String system = System.getenv().getOrDefault("HPO4J_PYTHON", "python3");
    run(
        "needs Python 3.11 or newer with venv (Debian: python3 python3-venv); HPO4J_PYTHON may name"
            + " it",
        List.of(system, "-m", "venv", "--clear", ENVIRONMENT.toString()));
    run(
        "needs the Python package index, or a mirror of it in pip's configuration",
        List.of(
            python(), "-m", "pip", "install", "--quiet", "--requirement", REQUIREMENTS.toString()));
    Files.writeString(installed, wanted);
  }

  private static String python() {
    Path bin = ENVIRONMENT.resolve(Files.isDirectory(Path.of("/bin")) ? "bin" : "Scripts");
    return bin.resolve("python").toAbsolutePath().toString();
  }

  private static void run(String hint, List<String> command)
      throws IOException, InterruptedException {
    Path output = Files.createTempFile("mlflow", ".out");
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
      if (!process.waitFor(LONGEST_MINUTES, TimeUnit.MINUTES) || process.exitValue() != 0) {
        process.destroyForcibly();
        throw new AssertionError(hint + "\n" + command + " failed:\n" + Files.readString(output));
      }
    } catch (IOException e) {
      throw new IOException(hint, e);
    } finally {
      Files.delete(output);
    }
  }

  /** One process: uvicorn, asked for one worker, serves in the one that was started. */
  private static Process launch(Path data, int port) throws IOException {
    List<String> command =
        List.of(
            python(),
            "-m",
            "mlflow",
            "server",
            "--backend-store-uri",
            "sqlite:///" + data.resolve("runs.db").toAbsolutePath(),
            "--artifacts-destination",
            data.resolve("artifacts").toAbsolutePath().toString(),
            "--host",
            "127.0.0.1",
            "--port",
            Integer.toString(port),
            "--workers",
            "1");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(data.resolve("server.log").toFile()));
    // Neither usage statistics nor the background jobs of its other parts.
    builder.environment().put("MLFLOW_DISABLE_TELEMETRY", "true");
    builder.environment().put("MLFLOW_SERVER_ENABLE_JOB_EXECUTION", "false");
    return builder.start();
  }

  private void awaitAnswer() throws IOException, InterruptedException {
    HttpClient http = HttpClient.newHttpClient();
    HttpRequest health =
        HttpRequest.newBuilder(URI.create(address() + "/health"))
            .timeout(Duration.ofSeconds(5))
            .build();
    long end = System.nanoTime() + Duration.ofMinutes(LONGEST_MINUTES).toNanos();
    while (System.nanoTime() < end && process.isAlive()) {
      try {
        if (http.send(health, HttpResponse.BodyHandlers.discarding()).statusCode() == 200) {
          return;
        }
      } catch (IOException e) {
        // It does not listen yet.
        Thread.sleep(200);
      }
    }
    throw new AssertionError(
        "the MLflow server did not start:\n" + Files.readString(data.resolve("server.log")));
  }

  String address() {
    return "http://127.0.0.1:" + port;
  }

  /** Ends the server's process as a crash would. */
  void kill() {
    List<ProcessHandle> children = process.descendants().toList();
    process.destroyForcibly().onExit().join();
    children.forEach(ProcessHandle::destroyForcibly);
  }

  /** Starts it again at the same address with the same data. */
  void restart() throws IOException, InterruptedException {
    process = launch(data, port);
    awaitAnswer();
  }

  @Override
  public void close() {
    kill();
  }
}
