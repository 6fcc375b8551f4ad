package org.hpo4j.jdbc;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

/** The tables of Optuna's schema v3.2.0.a as statements, and those of our own. */
final class SchemaText {

  /** The columns with few values: PostgreSQL has types for them. */
  static final Map<String, List<String>> TYPES = types();

  /** All tables. */
  static final Set<String> NAMES =
      Set.of(
          "studies",
          "version_info",
          "study_directions",
          "study_user_attributes",
          "study_system_attributes",
          "trials",
          "trial_user_attributes",
          "trial_system_attributes",
          "trial_params",
          "trial_values",
          "trial_intermediate_values",
          "trial_heartbeats",
          "alembic_version",
          "hpo4j_leases",
          "hpo4j_late_writes",
          "hpo4j_turns",
          "hpo4j_asked_starts");

  private SchemaText() {}

  private static Map<String, List<String>> types() {
    Map<String, List<String>> types = new LinkedHashMap<>();
    types.put("studydirection", List.of("NOT_SET", "MINIMIZE", "MAXIMIZE"));
    types.put("trialstate", List.of("RUNNING", "COMPLETE", "PRUNED", "FAIL", "WAITING"));
    types.put("trialvaluetype", List.of("FINITE", "INF_POS", "INF_NEG"));
    types.put("trialintermediatevaluetype", List.of("FINITE", "INF_POS", "INF_NEG", "NAN"));
    return types;
  }

  static String quoted(List<String> values) {
    return values.stream().map(v -> "'" + v + "'").collect(Collectors.joining(", "));
  }

  /** A type of few values as a text that is just long enough. */
  static String varchar(String name, List<String> values) {
    return "VARCHAR(" + values.stream().mapToInt(String::length).max().orElse(1) + ")";
  }

  /**
   * Optuna's tables.
   *
   * @param id the type of a key that counts up
   * @param key how the column {@code key} is written
   * @param real the type of a double
   * @param time the type of a time
   * @param suffix what follows each table
   * @param enumeration the type for a name and values of {@link #TYPES}
   */
  static List<String> of(
      String id,
      String key,
      String real,
      String time,
      String suffix,
      BiFunction<String, List<String>, String> enumeration) {
    List<String> statements = new ArrayList<>();
    statements.add(
        "CREATE TABLE studies (study_id "
            + id
            + ", study_name VARCHAR(512) NOT NULL, PRIMARY KEY (study_id))"
            + suffix);
    statements.add("CREATE UNIQUE INDEX ix_studies_study_name ON studies (study_name)");
    statements.add(
        "CREATE TABLE version_info (version_info_id INTEGER NOT NULL, schema_version INTEGER,"
            + " library_version VARCHAR(256), PRIMARY KEY (version_info_id),"
            + " CHECK (version_info_id=1))"
            + suffix);
    statements.add(
        "CREATE TABLE study_directions (study_direction_id "
            + id
            + ", direction "
            + type("studydirection", enumeration)
            + " NOT NULL, study_id INTEGER NOT NULL, objective INTEGER NOT NULL,"
            + " PRIMARY KEY (study_direction_id), UNIQUE (study_id, objective),"
            + " FOREIGN KEY(study_id) REFERENCES studies (study_id))"
            + suffix);
    for (String owner : List.of("study_user", "study_system")) {
      statements.add(attributes(owner, "study_id", "studies", id, key) + suffix);
    }
    statements.add(
        "CREATE TABLE trials (trial_id "
            + id
            + ", number INTEGER, study_id INTEGER, state "
            + type("trialstate", enumeration)
            + " NOT NULL, datetime_start "
            + time
            + ", datetime_complete "
            + time
            + ", PRIMARY KEY (trial_id), FOREIGN KEY(study_id) REFERENCES studies (study_id))"
            + suffix);
    statements.add("CREATE INDEX ix_trials_study_id ON trials (study_id)");
    for (String owner : List.of("trial_user", "trial_system")) {
      statements.add(attributes(owner, "trial_id", "trials", id, key) + suffix);
    }
    String trial = "FOREIGN KEY(trial_id) REFERENCES trials (trial_id))" + suffix;
    statements.add(
        "CREATE TABLE trial_params (param_id "
            + id
            + ", trial_id INTEGER, param_name VARCHAR(512), param_value "
            + real
            + ", distribution_json TEXT, PRIMARY KEY (param_id), UNIQUE (trial_id, param_name), "
            + trial);
    statements.add(
        "CREATE TABLE trial_values (trial_value_id "
            + id
            + ", trial_id INTEGER NOT NULL, objective INTEGER NOT NULL, value "
            + real
            + ", value_type "
            + type("trialvaluetype", enumeration)
            + " NOT NULL, PRIMARY KEY (trial_value_id), UNIQUE (trial_id, objective), "
            + trial);
    statements.add(
        "CREATE TABLE trial_intermediate_values (trial_intermediate_value_id "
            + id
            + ", trial_id INTEGER NOT NULL, step INTEGER NOT NULL, intermediate_value "
            + real
            + ", intermediate_value_type "
            + type("trialintermediatevaluetype", enumeration)
            + " NOT NULL, PRIMARY KEY (trial_intermediate_value_id), UNIQUE (trial_id, step), "
            + trial);
    statements.add(
        "CREATE TABLE trial_heartbeats (trial_heartbeat_id "
            + id
            + ", trial_id INTEGER NOT NULL, heartbeat "
            + time
            + " NOT NULL, PRIMARY KEY (trial_heartbeat_id), UNIQUE (trial_id), "
            + trial);
    statements.add(
        "CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL,"
            + " CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num))"
            + suffix);
    return statements;
  }

  private static String type(String name, BiFunction<String, List<String>, String> enumeration) {
    return enumeration.apply(name, TYPES.getOrDefault(name, List.of()));
  }

  private static String attributes(
      String owner, String column, String target, String id, String key) {
    return "CREATE TABLE "
        + owner
        + "_attributes ("
        + owner
        + "_attribute_id "
        + id
        + ", "
        + column
        + " INTEGER, "
        + key
        + " VARCHAR(512), value_json TEXT, PRIMARY KEY ("
        + owner
        + "_attribute_id), UNIQUE ("
        + column
        + ", "
        + key
        + "), FOREIGN KEY("
        + column
        + ") REFERENCES "
        + target
        + " ("
        + column
        + "))";
  }

  /**
   * The tables of our own. No foreign keys: Optuna must be able to delete trials. A lease without a
   * worker is of a trial that waits again; its token goes on from there.
   *
   * @param suffix what follows each table
   */
  static List<String> own(String suffix) {
    return List.of(
        "CREATE TABLE IF NOT EXISTS hpo4j_leases (trial_id INTEGER NOT NULL, worker VARCHAR(255)"
            + " NOT NULL, token INTEGER NOT NULL, changes INTEGER NOT NULL, expires_ms BIGINT NOT"
            + " NULL, PRIMARY KEY (trial_id))"
            + suffix,
        "CREATE TABLE IF NOT EXISTS hpo4j_late_writes (trial_id INTEGER NOT NULL, worker"
            + " VARCHAR(255) NOT NULL, token INTEGER NOT NULL, written_ms BIGINT NOT NULL, changes"
            + " TEXT)"
            + suffix,
        "CREATE TABLE IF NOT EXISTS hpo4j_turns (study_id INTEGER NOT NULL, worker VARCHAR(255) NOT"
            + " NULL, until_ms BIGINT NOT NULL, PRIMARY KEY (study_id))"
            + suffix,
        "CREATE TABLE IF NOT EXISTS hpo4j_asked_starts (study_id INTEGER NOT NULL, worker"
            + " VARCHAR(255) NOT NULL, until_ms BIGINT NOT NULL, PRIMARY KEY (study_id))"
            + suffix);
  }
}
