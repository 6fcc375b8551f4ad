package org.hpo4j.examples.documents;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A real MLflow server on a free loopback port, and its REST API. It runs in the virtual
 * environment of hpo-mlflow's own tests, which is made where there is none.
 */
final class MlflowServer implements AutoCloseable {
  private static final Path MODULE = Path.of("..", "..", "integrations", "hpo-mlflow");
  private static final Path ENVIRONMENT = MODULE.resolve("target").resolve("mlflow-server");

  /** What has to be installed; only a checkout of hpo4j has it. */
  static final Path REQUIREMENTS =
      MODULE.resolve(Path.of("src", "test", "python", "requirements.txt"));

  private static final Duration LONGEST = Duration.ofMinutes(10);
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final String address;
  private final Process process;

  private MlflowServer(String address, Process process) {
    this.address = address;
    this.process = process;
  }

  /**
   * Starts a server and waits for its first answer.
   *
   * @param data folder of its database, files and log
   */
  static MlflowServer start(Path data) throws IOException, InterruptedException {
    install(data);
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    Path log = data.resolve("server.log");
    ProcessBuilder builder =
        process(
            log,
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
                "1"));
    // Neither usage statistics nor the background jobs of its other parts.
    builder.environment().put("MLFLOW_DISABLE_TELEMETRY", "true");
    builder.environment().put("MLFLOW_SERVER_ENABLE_JOB_EXECUTION", "false");
    MlflowServer server = new MlflowServer("http://127.0.0.1:" + port, builder.start());
    server.awaitAnswer(log);
    return server;
  }

  private static void install(Path data) throws IOException, InterruptedException {
    Path installed = ENVIRONMENT.resolve("installed");
    String wanted = Files.readString(REQUIREMENTS);
    if (Files.exists(installed) && Files.readString(installed).equals(wanted)) {
      return;
    }
    String system = System.getenv().getOrDefault("HPO4J_PYTHON", "python3");
    run(data, List.of(system, "-m", "venv", "--clear", ENVIRONMENT.toString()));
    run(data, List.of(python(), "-m", "pip", "install", "-q", "-r", REQUIREMENTS.toString()));
    Files.writeString(installed, wanted);
  }

  private static void run(Path data, List<String> command)
      throws IOException, InterruptedException {
    Path log = data.resolve("install.log");
    Process process = process(log, command).start();
    if (!process.waitFor(LONGEST.toMinutes(), TimeUnit.MINUTES) || process.exitValue() != 0) {
      process.destroyForcibly();
      throw new AssertionError(
          command + " failed; docs/interop.md says what it needs:\n" + Files.readString(log));
    }
  }

  private static ProcessBuilder process(Path log, List<String> command) {
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
  }

  private static String python() {
    Path bin = ENVIRONMENT.resolve(Files.isDirectory(Path.of("/bin")) ? "bin" : "Scripts");
    return bin.resolve("python").toAbsolutePath().toString();
  }

  private void awaitAnswer(Path log) throws IOException, InterruptedException {
    long end = System.nanoTime() + LONGEST.toNanos();
    while (System.nanoTime() < end && process.isAlive()) {
      try {
        get("/health");
        return;
      } catch (IOException e) {
        // It does not listen yet.
        Thread.sleep(200);
      }
    }
    close();
    throw new AssertionError("the MLflow server did not start:\n" + Files.readString(log));
  }

  String address() {
    return address;
  }

  /** Returns an experiment's runs, oldest first. */
  List<JsonNode> runs(String experiment) throws IOException, InterruptedException {
    JsonNode found = api("experiments/get-by-name?experiment_name=" + encoded(experiment));
    String body =
        JsonMapper.shared()
            .writeValueAsString(
                Map.of(
                    "experiment_ids",
                    List.of(found.required("experiment").required("experiment_id").stringValue()),
                    "order_by",
                    List.of("attributes.start_time ASC")));
    HttpRequest search =
        HttpRequest.newBuilder(URI.create(address + "/api/2.0/mlflow/runs/search"))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    return JsonMapper.shared().readTree(send(search)).required("runs").valueStream().toList();
  }

  /** Returns the answer of a method that reads, such as {@code artifacts/list?run_id=...}. */
  JsonNode api(String method) throws IOException, InterruptedException {
    return JsonMapper.shared().readTree(get("/api/2.0/mlflow/" + method));
  }

  private String get(String path) throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(URI.create(address + path)).build());
  }

  private static String send(HttpRequest request) throws IOException, InterruptedException {
    HttpResponse<String> response = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
    if (response.statusCode() != 200) {
      throw new IOException(request.uri() + ": " + response.statusCode() + " " + response.body());
    }
    return response.body();
  }

  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    List<ProcessHandle> children = process.descendants().toList();
    process.destroyForcibly().onExit().join();
    children.forEach(ProcessHandle::destroyForcibly);
  }
}
