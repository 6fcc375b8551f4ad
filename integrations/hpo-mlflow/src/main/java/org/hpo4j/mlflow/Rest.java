package org.hpo4j.mlflow;

import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.hpo4j.json.Json;

/**
 * MLflow's REST API: JSON over HTTP, each call bounded in time. MLflow's own Java client is not
 * used because it waits without a limit for a server that does not answer, and sends artifacts by
 * starting MLflow's Python program.
 */
final class Rest {

  /** How long a server that has been away is waited for in a hurry. */
  private static final Duration SHORTEST = Duration.ofSeconds(1);

  /** What a slow line carries in a second, for the time that a large file may take. */
  private static final long SLOWEST_BYTES_PER_SECOND = 1 << 20;

  private static final int LONGEST_MESSAGE = 300;
  private static final int INTERNAL_ERROR = 500;

  /** An internal error may pass, such as a lock of the database, or come again each time. */
  private static final int ATTEMPTS = 3;

  private final String address;
  private final Optional<String> authorization;
  private final Duration timeout;
  private final HttpClient http;

  /** Whether a server that does not answer at once is given up; until it does answer. */
  private volatile boolean hurried;

  private volatile CompletableFuture<?> pending = CompletableFuture.completedFuture("");

  Rest(MlflowOptions options) {
    this.address = options.address();
    this.authorization = options.authorization();
    this.timeout = options.requestTimeout();
    this.http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(timeout)
            .followRedirects(HttpClient.Redirect.NORMAL)
            .build();
  }

  /**
   * Gives a server that has been away a second at most to answer, the request that is under way
   * included. One that answers has the usual time again.
   */
  void hurry() {
    hurried = true;
    pending.orTimeout(SHORTEST.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Calls a method of version 2.0 of the API. */
  Map<?, ?> post(String method, Map<String, ?> body)
      throws AwayException, RefusedException, InterruptedException {
    return call(
        request("/api/2.0/mlflow/" + method)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(Json.write(body)))
            .build(),
        timeout);
  }

  /** Asks a method of version 2.0 of the API. */
  Map<?, ?> get(String method, Map<String, String> query)
      throws AwayException, RefusedException, InterruptedException {
    String text =
        query.entrySet().stream()
            .map(entry -> encoded(entry.getKey()) + "=" + encoded(entry.getValue()))
            .collect(Collectors.joining("&"));
    return call(request("/api/2.0/mlflow/" + method + "?" + text).GET().build(), timeout);
  }

  /**
   * Writes a file of the server's own artifact store.
   *
   * @param path below the store's root
   * @param size bytes of the content
   */
  void put(String path, HttpRequest.BodyPublisher content, long size)
      throws AwayException, RefusedException, InterruptedException {
    String encoded =
        Arrays.stream(path.split("/")).map(Rest::encoded).collect(Collectors.joining("/"));
    call(
        request("/api/2.0/mlflow-artifacts/artifacts/" + encoded)
            .header("Content-Type", "application/octet-stream")
            .PUT(content)
            .build(),
        timeout.plusSeconds(size / SLOWEST_BYTES_PER_SECOND));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private HttpRequest.Builder request(String path) {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address + path));
    authorization.ifPresent(value -> request.header("Authorization", value));
    return request;
  }

  private Map<?, ?> call(HttpRequest request, Duration limit)
      throws AwayException, RefusedException, InterruptedException {
    HttpResponse<String> response = send(request, limit);
    for (int attempt = 1;
        response.statusCode() == INTERNAL_ERROR && attempt < ATTEMPTS;
        attempt++) {
      Thread.sleep(100L * attempt);
      response = send(request, limit);
    }
    Optional<Map<?, ?>> answer = answer(response.body());
    if (response.statusCode() / 100 == 2) {
      return answer.orElseThrow(() -> new AwayException("it answers, but is no MLflow server"));
    }
    throw failure(response.statusCode(), answer);
  }

  private HttpResponse<String> send(HttpRequest request, Duration limit)
      throws AwayException, InterruptedException {
    // A request's own timeout ends with the answer's header; this one covers its body too.
    CompletableFuture<HttpResponse<String>> response =
        http.sendAsync(request, HttpResponse.BodyHandlers.ofString());
    // In this order: whoever sets the flag after it was read finds the request.
    pending = response;
    long wait = hurried ? Math.min(limit.toMillis(), SHORTEST.toMillis()) : limit.toMillis();
    try {
      HttpResponse<String> answer = response.get(wait, TimeUnit.MILLISECONDS);
      hurried = false;
      return answer;
    } catch (TimeoutException e) {
      throw new AwayException("no answer within " + wait + " ms");
    } catch (ExecutionException e) {
      // The cause's text is not passed on: it may hold what was sent.
      Throwable cause = Optional.ofNullable(e.getCause()).orElse(e);
      if (cause instanceof TimeoutException) {
        throw new AwayException("no answer for more than " + SHORTEST.toMillis() + " ms");
      }
      throw new AwayException(
          cause instanceof ConnectException
              ? "no connection"
              : "the connection broke (" + cause.getClass().getSimpleName() + ")");
    } finally {
      response.cancel(true);
    }
  }

  private static Optional<Map<?, ?>> answer(String body) {
    if (body.isBlank()) {
      return Optional.of(Map.of());
    }
    try {
      return Json.parse(body)
          .filter(value -> value instanceof Map<?, ?>)
          .map(value -> (Map<?, ?>) value);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /**
   * An object within an answer.
   *
   * @throws AwayException if there is none of that name, so that it is no MLflow server's answer
   */
  static Map<?, ?> part(Map<?, ?> answer, String name) throws AwayException {
    if (answer.get(name) instanceof Map<?, ?> part) {
      return part;
    }
    throw new AwayException("it answers, but not as an MLflow server does");
  }

  /** What a status means; throws what asking again later may mend. */
  private static RefusedException failure(int status, Optional<Map<?, ?>> answer)
      throws AwayException {
    if (status == 401 || status == 403) {
      throw new AwayException("it refuses the credentials (HTTP " + status + ")");
    }
    if (status == 408 || status == 429 || status > INTERNAL_ERROR) {
      throw new AwayException("it is not ready (HTTP " + status + ")");
    }
    Object code = answer.<Object>map(map -> map.get("error_code")).orElse(null);
    if (code == null && (status < 400 || status == 404 || status == 405)) {
      throw new AwayException("it answers, but not as an MLflow server does (HTTP " + status + ")");
    }
    String message =
        answer.<Object>map(map -> map.get("message")).map(Object::toString).orElse("no reason");
    String shortened =
        message.substring(0, Math.min(message.length(), LONGEST_MESSAGE)).replaceAll("\\s+", " ");
    return new RefusedException(
        code == null ? "HTTP " + status : code.toString(),
        (code == null ? "HTTP " + status : code) + ": " + shortened);
  }
}
