package org.hpo4j.jdbc;

import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import org.hpo4j.storage.StorageException;
import org.hpo4j.storage.StudyChange;

/**
 * What workers wrote too late, where others can find it. A note helps nobody to go on: if it cannot
 * be written, that is logged and no more.
 */
final class LateWrites {

  private static final System.Logger LOG = System.getLogger(LateWrites.class.getName());

  /** What a column of MariaDB takes, 65,535 bytes, if each character needs three. */
  private static final int LONGEST = 20_000;

  /** What is kept of a change that is longer than both together, such as an attribute. */
  private static final int BEGINNING = 1_800;

  private static final int ENDING = 200;

  private final Database database;
  private final String worker;

  LateWrites(Database database, String worker) {
    this.database = database;
    this.worker = worker;
  }

  /**
   * Notes changes of a trial.
   *
   * @param token of the lease under which they were made
   */
  void note(int trialId, int token, List<? extends StudyChange> changes) {
    List<String> texts = texts(changes);
    String note = joined(texts);
    try {
      insert(trialId, token, note);
    } catch (StorageException e) {
      String plain = joined(texts.stream().map(LateWrites::escaped).toList());
      if (isRefused(e) && !plain.equals(note)) {
        insertOrWarn(trialId, token, plain);
      } else {
        warn(trialId, e);
      }
    }
  }

  /** What somebody would look for comes first: the end of the trial, then what was reported. */
  private static List<String> texts(List<? extends StudyChange> changes) {
    return changes.stream()
        .sorted(Comparator.comparingInt(LateWrites::rank))
        .map(StudyChange::toString)
        .toList();
  }

  private static int rank(StudyChange change) {
    if (change instanceof StudyChange.FinishTrial) {
      return 0;
    }
    return change instanceof StudyChange.Report ? 1 : 2;
  }

  /** All for which there is room, each shortened by itself, and how many there are beside. */
  private static String joined(List<String> texts) {
    StringBuilder note = new StringBuilder("[");
    int left = 0;
    for (String text : texts) {
      String part = shortened(text);
      if (note.length() + part.length() > LONGEST) {
        left++;
      } else {
        note.append(note.length() == 1 ? "" : ", ").append(part);
      }
    }
    return note + (left == 0 ? "]" : ", and " + left + " more, for which there is no room]");
  }

  /** Whether it is for the text: U+0000, or a character that the table's set does not have. */
  private boolean isRefused(StorageException e) {
    return e.getCause() instanceof SQLException cause
        && database.dialect().classify(cause) == Dialect.Failure.FATAL;
  }

  private void insertOrWarn(int trialId, int token, String note) {
    try {
      insert(trialId, token, note);
    } catch (StorageException e) {
      warn(trialId, e);
    }
  }

  private static void warn(int trialId, StorageException e) {
    LOG.log(
        System.Logger.Level.WARNING,
        "what was written too late of the trial with id {0} could not be noted: {1}",
        trialId,
        e.getMessage());
  }

  private void insert(int trialId, int token, String note) {
    database.write(
        connection ->
            Sql.update(
                connection,
                "INSERT INTO hpo4j_late_writes (trial_id, worker, token, written_ms, changes)"
                    + " VALUES (?, ?, ?, "
                    + database.dialect().now()
                    + ", ?)",
                trialId,
                worker,
                token,
                note),
        connection -> false);
  }

  /** The beginning and the end of what is too long, with a word that it was; no half character. */
  private static String shortened(String text) {
    if (text.length() <= BEGINNING + ENDING) {
      return text;
    }
    int from = BEGINNING - (Character.isHighSurrogate(text.charAt(BEGINNING - 1)) ? 1 : 0);
    int end = text.length() - ENDING;
    int to = end + (Character.isLowSurrogate(text.charAt(end)) ? 1 : 0);
    return text.substring(0, from)
        + "... (shortened, "
        + (to - from)
        + " characters are left out) ..."
        + text.substring(to);
  }

  /** In ASCII, other characters as in a Java source. */
  static String escaped(String text) {
    StringBuilder plain = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= ' ' && c <= '~') {
        plain.append(c);
      } else {
        plain.append(String.format("\\u%04x", (int) c));
      }
    }
    return plain.toString();
  }
}
