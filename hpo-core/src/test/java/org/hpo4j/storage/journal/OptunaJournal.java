package org.hpo4j.storage.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import org.hpo4j.json.Json;

/** Lines of a journal as Optuna writes them; by default for its first study. */
public final class OptunaJournal {

  private static final String STARTED = "\"2026-11-26T02:44:43.415843+00:00\"";
  private static final String COMPLETED = "\"2026-11-26T02:44:44.415843+00:00\"";

  private final Path path;

  /**
   * @param path a journal, which need not exist
   */
  public OptunaJournal(Path path) {
    this.path = path;
  }

  /** Creates a study with one objective, which is minimized. */
  public void study(String name) throws IOException {
    append(0, "\"study_name\": \"%s\", \"directions\": [1]".formatted(name));
  }

  /** Starts a trial. */
  public void start() throws IOException {
    append(4, "\"study_id\": 0, \"datetime_start\": " + STARTED);
  }

  /**
   * Enqueues a trial.
   *
   * @param values parameters and their values, as JSON
   */
  public void enqueue(String values) throws IOException {
    append(
        4,
        "\"study_id\": 0, \"state\": 4, \"datetime_start\": null, \"system_attrs\":"
            + " {\"fixed_params\": %s}".formatted(values));
  }

  /**
   * Adds a trial that is complete, with the value 0.25.
   *
   * @param parameters names and values, as JSON
   * @param distributions names and distributions as {@link #numbers} gives them
   * @param attributes system attributes, as JSON
   */
  public void add(String parameters, Map<String, String> distributions, String attributes)
      throws IOException {
    append(
        4,
        ("\"study_id\": 0, \"state\": 1, \"value\": 0.25, \"values\": null, \"params\": %s,"
                + " \"distributions\": %s, \"user_attrs\": {}, \"system_attrs\": %s,"
                + " \"intermediate_values\": {}, \"datetime_start\": %s, \"datetime_complete\": %s")
            .formatted(parameters, Json.write(distributions), attributes, STARTED, COMPLETED));
  }

  /**
   * Sets a parameter of a trial.
   *
   * @param distribution as {@link #numbers} gives it
   */
  public void parameter(int trialId, String name, double internal, String distribution)
      throws IOException {
    append(
        5,
        "\"trial_id\": %d, \"param_name\": \"%s\", \"param_value_internal\": %s, \"distribution\": %s"
            .formatted(trialId, name, internal, Json.write(distribution)));
  }

  /**
   * Sets a system attribute of a trial.
   *
   * @param attribute a name and a value, as JSON
   */
  public void systemAttribute(int trialId, String attribute) throws IOException {
    append(9, "\"trial_id\": %d, \"system_attr\": {%s}".formatted(trialId, attribute));
  }

  /** Ends a trial with a value. */
  public void complete(int trialId, double value) throws IOException {
    append(
        6,
        "\"trial_id\": %d, \"state\": 1, \"values\": [%s], \"datetime_complete\": %s"
            .formatted(trialId, value, COMPLETED));
  }

  /**
   * The text of a distribution.
   *
   * @param kind {@code Float} or {@code Int}
   * @param more further attributes, each after a comma
   */
  public static String numbers(String kind, String low, String high, String more) {
    return "{\"name\": \"%sDistribution\", \"attributes\": {\"low\": %s, \"high\": %s%s}}"
        .formatted(kind, low, high, more);
  }

  private void append(int opCode, String fields) throws IOException {
    Files.writeString(
        path,
        "{\"op_code\": %d, \"worker_id\": \"w\", %s}\n".formatted(opCode, fields),
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
  }
}
