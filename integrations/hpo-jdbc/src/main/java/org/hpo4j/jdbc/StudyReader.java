package org.hpo4j.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hpo4j.json.Json;
import org.hpo4j.storage.StorageException;

/** Reads what is new in a study: attributes, trials above an id, and those that had not ended. */
final class StudyReader {

  /** So many trials' rows are read at a time. */
  private static final int CHUNK = 2_000;

  /** At most so many new trials are looked at at a time, for the memory that this takes. */
  static final int MOST_TRIALS = 10_000;

  /**
   * What one look at a study found.
   *
   * @param exists whether the study does
   * @param trials by id, without their rows
   * @param ended by id, the other new trials
   * @param asked a start that a worker has asked for
   * @param hasMore whether there may be more new trials
   */
  record Look(
      boolean exists,
      List<Attribute> attributes,
      List<TrialRow> trials,
      List<EndedTrials> ended,
      Optional<Turns.Turn> turn,
      Optional<Turns.Turn> asked,
      boolean hasMore) {

    /** How many new trials had ended, with ids above one. */
    int endedCount(int newest) {
      return ended.stream().mapToInt(EndedTrials::count).sum()
          + (int) trials.stream().filter(t -> t.id > newest && t.state.isFinished()).count();
    }

    /** The highest id of a trial, or 0. */
    int last() {
      return trials.isEmpty() ? 0 : trials.get(trials.size() - 1).id;
    }
  }

  /**
   * Trials that have ended, whose ids are as far from each other as their numbers: all from the
   * first one to the last one that are not among those that have not ended.
   */
  record EndedTrials(int firstId, int firstNumber, int lastId, int count) {}

  /** An attribute of the study as a text; ids grow in the order in which they were first set. */
  record Attribute(boolean ofUser, int id, String key, String json) {}

  /** Takes a trial with its rows. */
  interface Next {
    void take(TrialRow row) throws SQLException;
  }

  private static final System.Logger LOG = System.getLogger(StudyReader.class.getName());

  private final Dialect dialect;
  private final StudyKey study;
  private final int studyId;
  private final Map<String, String> texts = new HashMap<>();

  /** Of a report that was left out: one such warning is enough. */
  private boolean hasWarned;

  StudyReader(Dialect dialect, StudyKey study) {
    this.dialect = dialect;
    this.study = study;
    this.studyId = study.id();
  }

  /**
   * One look at what there is.
   *
   * @param newest the highest id of a trial that is known
   * @param unfinished the ids of known trials to look at again
   * @param withTurn whether to look for turns and asked starts
   * @param all whether to read more of new trials that have ended than that they are there
   */
  Look look(
      Connection connection,
      int newest,
      Collection<Integer> unfinished,
      boolean withTurn,
      boolean all)
      throws SQLException {
    Optional<Turns.Turn> turn = Optional.empty();
    Optional<Turns.Turn> asked = Optional.empty();
    List<Attribute> attributes = new ArrayList<>();
    List<TrialRow> trials = new ArrayList<>();
    List<EndedTrials> ended = new ArrayList<>();
    Dialect.IdCondition open = dialect.isOneOf("t.trial_id", unfinished);
    try (PreparedStatement statement =
        connection.prepareStatement(query(unfinished.isEmpty() ? "" : open.sql(), withTurn, all))) {
      int index = Sql.bind(statement, 1, studyId, newest, studyId, studyId);
      if (!unfinished.isEmpty()) {
        index = Sql.bind(statement, index, open.parameters().toArray());
      }
      if (withTurn) {
        index = Sql.bind(statement, index, studyId, studyId);
      }
      if (!all) {
        Sql.bind(statement, index, studyId, newest);
      }
      try (ResultSet result = statement.executeQuery()) {
        while (result.next()) {
          switch (result.getString(1)) {
            case "T" -> trials.add(trial(result));
            case "E" -> ended.add(ended(result));
            case "X" -> turn = Optional.of(turn(result));
            case "Q" -> asked = Optional.of(turn(result));
            case "A" -> attributes.add(studyAttribute(true, result));
            default -> attributes.add(studyAttribute(false, result));
          }
        }
      }
    }
    attributes.sort(Comparator.comparingInt(Attribute::id));
    trials.sort(Comparator.comparingInt(row -> row.id));
    ended.sort(Comparator.comparingInt(EndedTrials::firstId));
    boolean told =
        !dialect.reusesIds() && !(attributes.isEmpty() && trials.isEmpty() && ended.isEmpty());
    boolean exists = told || study.exists(connection, dialect);
    boolean hasMore = all && trials.stream().filter(row -> row.id > newest).count() == MOST_TRIALS;
    return new Look(exists, attributes, trials, ended, turn, asked, hasMore);
  }

  private String query(String unfinished, boolean withTurn, boolean all) {
    String trials =
        "SELECT 'T' AS kind, t.trial_id AS id, t.number AS number, "
            + dialect.asText("t.state")
            + " AS name, "
            + dialect.asText("t.datetime_start")
            + " AS text, "
            + dialect.asText("t.datetime_complete")
            + " AS ended, l.worker AS worker, l.changes AS changes FROM trials t LEFT JOIN"
            + " hpo4j_leases l ON l.trial_id = t.trial_id WHERE ";
    String none = dialect.noText();
    // Without the sum the index of studies could be taken, of which all trials are in one;
    // without an upper bound PostgreSQL expects a third of all trials, and reads the table.
    String above = "t.study_id + 0 = ? AND t.trial_id > ? AND t.trial_id <= 2147483647";
    return (all
            ? "SELECT * FROM ("
                + trials
                + above
                + " ORDER BY t.trial_id LIMIT "
                + MOST_TRIALS
                + ") n"
            : trials + above + " AND t.state IN ('RUNNING', 'WAITING')")
        + " UNION ALL "
        + studyAttributes()
        + (unfinished.isEmpty() ? "" : " UNION ALL " + trials + unfinished)
        + (withTurn ? " UNION ALL " + turns() : "")
        + (all
            ? ""
            : " UNION ALL SELECT 'E', MIN(t.trial_id), MIN(t.number), "
                + dialect.asText("MAX(t.trial_id)")
                + String.join("", Collections.nCopies(3, ", " + none))
                + ", COUNT(*) FROM trials t WHERE "
                + above
                + " AND t.state NOT IN ('RUNNING', 'WAITING') GROUP BY t.trial_id - t.number");
  }

  private String studyAttributes() {
    String none = dialect.noText();
    String columns = ", NULL, " + dialect.key() + ", value_json, " + none + ", " + none + ", NULL";
    return "SELECT 'A', study_user_attribute_id"
        + columns
        + " FROM study_user_attributes WHERE study_id = ? UNION ALL SELECT 'B',"
        + " study_system_attribute_id"
        + columns
        + " FROM study_system_attributes WHERE study_id = ?";
  }

  /** The study's attributes, in the order in which they were first set. */
  List<Attribute> attributes(Connection connection) throws SQLException {
    List<Attribute> attributes = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(studyAttributes())) {
      Sql.bind(statement, 1, studyId, studyId);
      try (ResultSet result = statement.executeQuery()) {
        while (result.next()) {
          attributes.add(studyAttribute(result.getString(1).equals("A"), result));
        }
      }
    }
    attributes.sort(Comparator.comparingInt(Attribute::id));
    return attributes;
  }

  /** A turn that goes on, unless the clock has been put back since, and an asked start. */
  private String turns() {
    return turn("'X'", "hpo4j_turns")
        + Turns.isNow(dialect, Turns.LENGTH_MS)
        + " UNION ALL "
        + turn("'Q'", "hpo4j_asked_starts")
        + Turns.isNow(dialect, AskedStarts.LONGEST_MS);
  }

  private String turn(String kind, String table) {
    return "SELECT "
        + kind
        + ", study_id, until_ms - "
        + dialect.now()
        + String.join("", Collections.nCopies(3, ", " + dialect.noText()))
        + ", worker, NULL FROM "
        + table
        + " WHERE study_id = ? AND ";
  }

  private static Turns.Turn turn(ResultSet row) throws SQLException {
    return new Turns.Turn(row.getString(7), row.getInt(3));
  }

  private static EndedTrials ended(ResultSet row) throws SQLException {
    return new EndedTrials(
        row.getInt(2), row.getInt(3), Integer.parseInt(row.getString(4)), row.getInt(8));
  }

  private static Attribute studyAttribute(boolean ofUser, ResultSet row) throws SQLException {
    return new Attribute(ofUser, row.getInt(2), row.getString(4), row.getString(5));
  }

  private TrialRow trial(ResultSet row) throws SQLException {
    String worker = row.getString(7);
    return new TrialRow(
        row.getInt(2),
        row.getInt(3),
        TrialRow.state(row.getString(4)),
        time(row, 5, "datetime_start"),
        time(row, 6, "datetime_complete"),
        worker == null ? "" : worker,
        row.getInt(8));
  }

  private Optional<Instant> time(ResultSet row, int index, String column) throws SQLException {
    try {
      return SqlTime.parse(row.getString(index));
    } catch (IllegalArgumentException e) {
      throw new StorageException(
          "study '"
              + study.name()
              + "', trial "
              + row.getInt(3)
              + ", column "
              + column
              + ": "
              + e.getMessage(),
          e);
    }
  }

  /** Fills trials with their rows, and hands them on in their order. */
  void fill(Connection connection, List<TrialRow> trials, Next next) throws SQLException {
    for (int from = 0; from < trials.size(); from += CHUNK) {
      List<TrialRow> chunk = trials.subList(from, Math.min(from + CHUNK, trials.size()));
      Map<Integer, TrialRow> byId = new HashMap<>();
      chunk.forEach(row -> byId.put(row.id, row));
      readRows(connection, chunk, byId);
      for (TrialRow row : chunk) {
        next.take(row.complete());
      }
    }
  }

  private void readRows(Connection connection, List<TrialRow> chunk, Map<Integer, TrialRow> byId)
      throws SQLException {
    int low = chunk.get(0).id;
    int high = chunk.get(chunk.size() - 1).id;
    boolean dense = chunk.size() > 1 && high - low < 2 * chunk.size();
    Dialect.IdCondition condition =
        dense
            ? new Dialect.IdCondition("trial_id BETWEEN ? AND ?", List.of(low, high))
            : dialect.isOneOf("trial_id", byId.keySet());
    String where = " WHERE " + condition.sql();
    String none = dialect.noText();
    String sql =
        "SELECT 'P', trial_id, param_id, param_name, param_value, distribution_json FROM"
            + " trial_params"
            + where
            + " UNION ALL SELECT 'V', trial_id, objective, "
            + none
            + ", value, "
            + dialect.asText("value_type")
            + " FROM trial_values"
            + where
            + " UNION ALL SELECT 'I', trial_id, step, "
            + none
            + ", intermediate_value, "
            + dialect.asText("intermediate_value_type")
            + " FROM trial_intermediate_values"
            + where
            + attributes("U", "trial_user")
            + where
            + attributes("S", "trial_system")
            + where;
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      int index = 1;
      for (int i = 0; i < 5; i++) {
        index = Sql.bind(statement, index, condition.parameters().toArray());
      }
      try (ResultSet result = statement.executeQuery()) {
        while (result.next()) {
          TrialRow row = byId.get(result.getInt(2));
          if (row != null) {
            take(row, result);
          }
        }
      }
    }
  }

  private String attributes(String kind, String owner) {
    return " UNION ALL SELECT '"
        + kind
        + "', trial_id, "
        + owner
        + "_attribute_id, "
        + dialect.key()
        + ", NULL, value_json FROM "
        + owner
        + "_attributes";
  }

  private void take(TrialRow row, ResultSet result) throws SQLException {
    int place = result.getInt(3);
    switch (result.getString(1)) {
      case "P" ->
          row.rows.put(
              place,
              new TrialRow.Parameter(
                  pooled(result.getString(4)), result.getDouble(5), pooled(result.getString(6))));
      case "V" -> row.values.put(place, FloatText.read(result.getDouble(5), result.getString(6)));
      case "I" -> report(row, result);
      case "U" -> row.userRows.put(place, attribute(result));
      default -> row.systemRows.put(place, attribute(result));
    }
  }

  private void report(TrialRow row, ResultSet result) throws SQLException {
    // SQLite's integers have 64 bits, and its driver would give the lower half of them.
    long step = result.getLong(3);
    if (step == (int) step) {
      row.intermediateValues.put(
          (int) step, FloatText.read(result.getDouble(5), result.getString(6)));
    } else if (!hasWarned) {
      hasWarned = true;
      LOG.log(
          System.Logger.Level.WARNING,
          "study ''{0}'': trial {1} has a report at step {2}, beyond the 32 bits that a step may"
              + " have here; it and others like it stay in the database but are not read",
          study.name(),
          Integer.toString(row.number),
          Long.toString(step));
    }
  }

  private static TrialRow.Attribute attribute(ResultSet result) throws SQLException {
    return new TrialRow.Attribute(
        result.getString(4), Json.parse(result.getString(6)).orElse(null));
  }

  /** One string for equal texts: each trial repeats its distributions. */
  private String pooled(String text) {
    String earlier = texts.putIfAbsent(text, text);
    return earlier == null ? text : earlier;
  }
}
