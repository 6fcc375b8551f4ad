package org.hpo4j.mlflow;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Which MLflow server is told of a study, and how. Immutable: each {@code with} method returns
 * changed options. Credentials never show in {@link #toString}, messages or tags.
 */
public final class MlflowOptions {

  private static final String DEFAULT_EXPERIMENT = "Default";

  private final Draft settings;

  private MlflowOptions(Draft settings) {
    this.settings = settings;
  }

  /**
   * A server by its address, such as {@code http://localhost:5000}. Credentials in the address,
   * {@code https://user:password@host}, are used for basic authentication.
   *
   * @throws IllegalArgumentException if it is no {@code http} or {@code https} address
   */
  public static MlflowOptions server(String address) {
    return new MlflowOptions(new Draft()).at(address);
  }

  /**
   * What MLflow's own environment variables say: {@code MLFLOW_TRACKING_URI} (required), {@code
   * MLFLOW_EXPERIMENT_NAME}, {@code MLFLOW_TRACKING_TOKEN}, or {@code MLFLOW_TRACKING_USERNAME}
   * with {@code MLFLOW_TRACKING_PASSWORD}.
   *
   * @throws IllegalArgumentException if there is no address, or it is no {@code http} or {@code
   *     https} address
   */
  public static MlflowOptions fromEnvironment() {
    return from(System.getenv());
  }

  static MlflowOptions from(Map<String, String> environment) {
    String address = environment.get("MLFLOW_TRACKING_URI");
    if (address == null) {
      throw new IllegalArgumentException(
          "the environment variable MLFLOW_TRACKING_URI is not set; it names the MLflow server,"
              + " such as http://localhost:5000");
    }
    MlflowOptions options = server(address);
    String experiment = environment.get("MLFLOW_EXPERIMENT_NAME");
    if (experiment != null) {
      options = options.withExperiment(experiment);
    }
    String user = environment.get("MLFLOW_TRACKING_USERNAME");
    if (user != null) {
      options =
          options.withCredentials(user, environment.getOrDefault("MLFLOW_TRACKING_PASSWORD", ""));
    }
    String token = environment.get("MLFLOW_TRACKING_TOKEN");
    return token == null ? options : options.withToken(token);
  }

  private MlflowOptions at(String address) {
    Optional<URI> uri = parsed(address);
    if (uri.isEmpty()) {
      // The address itself may hold a password: the message leaves it out.
      throw new IllegalArgumentException(
          "an MLflow server's address must be like http://localhost:5000 or"
              + " https://mlflow.example.org/path; got something else");
    }
    String userInfo = uri.get().getUserInfo();
    Draft draft = new Draft(settings);
    String path = Optional.ofNullable(uri.get().getRawPath()).orElse("");
    String port = uri.get().getPort() < 0 ? "" : ":" + uri.get().getPort();
    draft.address =
        uri.get().getScheme() + "://" + uri.get().getHost() + port + path.replaceAll("/+$", "");
    MlflowOptions options = new MlflowOptions(draft);
    if (userInfo == null) {
      return options;
    }
    int colon = userInfo.indexOf(':');
    return colon < 0
        ? options.withCredentials(userInfo, "")
        : options.withCredentials(userInfo.substring(0, colon), userInfo.substring(colon + 1));
  }

  private static Optional<URI> parsed(String address) {
    try {
      URI uri = URI.create(address.strip());
      boolean web =
          "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
      return web && uri.getHost() != null ? Optional.of(uri) : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** The experiment, MLflow's word for a project; made if it is not there. "Default" if not set. */
  public MlflowOptions withExperiment(String name) {
    if (name.isBlank() || name.length() > 500) {
      throw new IllegalArgumentException(
          "an experiment's name needs 1 to 500 characters, not all blank; got '" + name + "'");
    }
    Draft draft = new Draft(settings);
    draft.experiment = name;
    return new MlflowOptions(draft);
  }

  /** Signs in with a user and a password. */
  public MlflowOptions withCredentials(String user, String password) {
    Draft draft = new Draft(settings);
    String both = user + ":" + password;
    draft.authorization =
        Optional.of(
            "Basic " + Base64.getEncoder().encodeToString(both.getBytes(StandardCharsets.UTF_8)));
    return new MlflowOptions(draft);
  }

  /**
   * Signs in with a bearer token.
   *
   * @throws IllegalArgumentException if it has other characters than visible ASCII ones
   */
  public MlflowOptions withToken(String token) {
    if (token.isEmpty() || token.chars().anyMatch(c -> c <= ' ' || c > '~')) {
      throw new IllegalArgumentException("a token must have visible ASCII characters only");
    }
    Draft draft = new Draft(settings);
    draft.authorization = Optional.of("Bearer " + token);
    return new MlflowOptions(draft);
  }

  /** A tag more on the run of the study and those of its trials. */
  public MlflowOptions withTag(String key, String value) {
    Draft draft = new Draft(settings);
    draft.tags.put(key, value);
    return new MlflowOptions(draft);
  }

  MlflowOptions withTags(Map<String, String> tags) {
    Draft draft = new Draft(settings);
    draft.tags.putAll(tags);
    return new MlflowOptions(draft);
  }

  /**
   * How often the use of processors, memory and GPUs is measured while trials run; every 10 seconds
   * if not set.
   *
   * @param interval at least 100 ms, or zero for never
   */
  public MlflowOptions withSystemMetricsEvery(Duration interval) {
    if (!interval.isZero() && interval.compareTo(Duration.ofMillis(100)) < 0) {
      throw new IllegalArgumentException(
          "system metrics are measured every 100 ms or less often, or never (zero); got "
              + interval);
    }
    Draft draft = new Draft(settings);
    draft.systemMetrics = interval;
    return new MlflowOptions(draft);
  }

  /**
   * The largest file, in bytes, that is sent of those attached to trials; 100 MiB if not set, none
   * with 0. A tag of the trial names those that are larger.
   */
  public MlflowOptions withLargestArtifact(long bytes) {
    if (bytes < 0) {
      throw new IllegalArgumentException("the largest artifact must be at least 0, got " + bytes);
    }
    Draft draft = new Draft(settings);
    draft.largestArtifact = bytes;
    return new MlflowOptions(draft);
  }

  /** After how long the server counts as away if it does not answer a request; 10 s if not set. */
  public MlflowOptions withRequestTimeout(Duration timeout) {
    Draft draft = new Draft(settings);
    draft.requestTimeout = positive("request timeout", timeout);
    return new MlflowOptions(draft);
  }

  /** How long {@link MlflowTracker#close} waits at most for what is to be sent; 60 s if not set. */
  public MlflowOptions withCloseTimeout(Duration timeout) {
    Draft draft = new Draft(settings);
    draft.closeTimeout = positive("close timeout", timeout);
    return new MlflowOptions(draft);
  }

  private static Duration positive(String what, Duration timeout) {
    if (timeout.isZero() || timeout.isNegative()) {
      throw new IllegalArgumentException("the " + what + " must be positive, got " + timeout);
    }
    return timeout;
  }

  /** The server's address without credentials and without a slash at the end. */
  String address() {
    return settings.address;
  }

  String experiment() {
    return settings.experiment;
  }

  /** The value of the header that signs in. */
  Optional<String> authorization() {
    return settings.authorization;
  }

  Map<String, String> tags() {
    return settings.tags;
  }

  Duration systemMetrics() {
    return settings.systemMetrics;
  }

  long largestArtifact() {
    return settings.largestArtifact;
  }

  Duration requestTimeout() {
    return settings.requestTimeout;
  }

  Duration closeTimeout() {
    return settings.closeTimeout;
  }

  @Override
  public String toString() {
    return "MLflow at " + address() + ", experiment '" + experiment() + "'";
  }

  private static final class Draft {
    String address = "";
    String experiment = DEFAULT_EXPERIMENT;
    Optional<String> authorization = Optional.empty();
    final Map<String, String> tags = new LinkedHashMap<>();
    Duration systemMetrics = Duration.ofSeconds(10);
    long largestArtifact = 100L << 20;
    Duration requestTimeout = Duration.ofSeconds(10);
    Duration closeTimeout = Duration.ofSeconds(60);

    Draft() {}

    Draft(Draft other) {
      this.address = other.address;
      this.experiment = other.experiment;
      this.authorization = other.authorization;
      this.tags.putAll(other.tags);
      this.systemMetrics = other.systemMetrics;
      this.largestArtifact = other.largestArtifact;
      this.requestTimeout = other.requestTimeout;
      this.closeTimeout = other.closeTimeout;
    }
  }
}
