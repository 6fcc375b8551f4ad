package org.hpo4j.jdbc;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Starts that workers with longer trials ask those with brief ones to leave to them. Whoever begins
 * a trial as soon as the last one has ended is nearly always faster than a worker that has to look
 * first what there is; so one that came too late again and again says so, and for a moment the
 * others begin nothing. Their turns go on after it.
 */
final class AskedStarts {

  /** So long the others wait; milliseconds. */
  static final int LENGTH_MS = 20;

  /** So often in a row a start may come too late by chance. */
  private static final int CHANCE = 2;

  /** A trial that others have begun and ended between two looks not further apart was brief. */
  private static final long BRIEF = Duration.ofMillis(6).toNanos();

  /** So long after others were seen having brief trials, it is expected that they go on. */
  private static final long MEMORY = Duration.ofSeconds(2).toNanos();

  private final LongSupplier nanos;

  /** How many starts in a row have come too late. */
  private int late;

  private long lookedAt;
  private long briefOnesSeen;

  /** When the moment ends that this worker, and that another one has asked for. */
  private long ownUntil;

  private long othersUntil;

  AskedStarts(LongSupplier nanos) {
    this.nanos = nanos;
    long now = nanos.getAsLong();
    lookedAt = now;
    briefOnesSeen = now - MEMORY;
    ownUntil = now;
    othersUntil = now;
  }

  // ---- What this worker has seen ----

  void cameTooLate() {
    late++;
  }

  void started() {
    late = 0;
  }

  /**
   * What others have written was read.
   *
   * @param someHadEnded whether there were new trials among it that had ended
   */
  void looked(boolean someHadEnded) {
    long now = nanos.getAsLong();
    if (someHadEnded && now - lookedAt < BRIEF) {
      briefOnesSeen = now;
    }
    lookedAt = now;
  }

  /** Another worker has asked. */
  void saw(long millisLeft) {
    othersUntil = nanos.getAsLong() + Duration.ofMillis(millisLeft).toNanos();
  }

  // ---- What it does ----

  /**
   * Whether to ask, for a worker with longer trials; the longer that does not help, the seldomer.
   */
  boolean isDue() {
    return late >= CHANCE
        && Integer.bitCount(late) == 1
        && nanos.getAsLong() - briefOnesSeen < MEMORY;
  }

  /** The others were asked. */
  void asked() {
    ownUntil = nanos.getAsLong() + Duration.ofMillis(LENGTH_MS).toNanos();
  }

  /** Whether the others leave the next start to this worker. */
  boolean isAsked() {
    return nanos.getAsLong() - ownUntil < 0;
  }

  /** When a worker with brief trials may go on. */
  long othersUntil() {
    return othersUntil;
  }

  // ---- As it is written ----

  /** Asks, from now on by the database's clock. */
  static void ask(Script script, Dialect dialect, int studyId, String worker) {
    Turns.put(script, dialect, "hpo4j_asked_starts", studyId, worker, LENGTH_MS);
  }

  /**
   * A condition that no worker but one has asked; its parameters are the study's id and that one.
   */
  static String noOther(Dialect dialect) {
    return "NOT EXISTS (SELECT 1 FROM hpo4j_asked_starts WHERE study_id = ? AND worker <> ? AND "
        + Turns.isNow(dialect, LENGTH_MS)
        + ")";
  }
}
