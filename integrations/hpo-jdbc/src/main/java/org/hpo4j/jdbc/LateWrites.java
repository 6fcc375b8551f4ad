package org.hpo4j.jdbc;

import java.sql.SQLException;
import java.util.ArrayList;
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

  private static final int LONGEST = 2_000;

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
    String note = shortened(text(changes));
    try {
      insert(trialId, token, note);
    } catch (StorageException e) {
      String plain = shortened(escaped(note));
      if (isRefused(e) && !plain.equals(note)) {
        insertOrWarn(trialId, token, plain);
      } else {
        warn(trialId, e);
      }
    }
  }

  /** The end of the trial comes first, which somebody would look for and a long text cut off. */
  private static String text(List<? extends StudyChange> changes) {
    List<StudyChange> ordered = new ArrayList<>(changes);
    ordered.sort(Comparator.comparing(change -> !(change instanceof StudyChange.FinishTrial)));
    return ordered.toString();
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

  /** The beginning, without half a character at its end. */
  private static String shortened(String text) {
    if (text.length() <= LONGEST) {
      return text;
    }
    return text.substring(
        0, Character.isHighSurrogate(text.charAt(LONGEST - 1)) ? LONGEST - 1 : LONGEST);
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
