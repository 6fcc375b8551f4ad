package org.hpo4j.jdbc;

import java.util.List;

/** The kinds of rows that are written under a key of two columns, replacing an earlier one. */
enum Row {
  STUDY_USER_ATTRIBUTE("study_user_attributes", "study_id", "key", "value_json"),
  STUDY_SYSTEM_ATTRIBUTE("study_system_attributes", "study_id", "key", "value_json"),
  TRIAL_USER_ATTRIBUTE("trial_user_attributes", "trial_id", "key", "value_json"),
  TRIAL_SYSTEM_ATTRIBUTE("trial_system_attributes", "trial_id", "key", "value_json"),
  PARAMETER("trial_params", "trial_id", "param_name", "param_value", "distribution_json"),
  VALUE("trial_values", "trial_id", "objective", "value", "value_type"),
  INTERMEDIATE_VALUE(
      "trial_intermediate_values",
      "trial_id",
      "step",
      "intermediate_value",
      "intermediate_value_type");

  private final String table;
  private final String columns;

  Row(String table, String... columns) {
    this.table = table;
    this.columns = String.join(" ", columns);
  }

  String table() {
    return table;
  }

  /** All columns; the first two are the key. */
  List<String> columns() {
    return List.of(columns.split(" ", -1));
  }

  boolean isOfStudy() {
    return this == STUDY_USER_ATTRIBUTE || this == STUDY_SYSTEM_ATTRIBUTE;
  }
}
