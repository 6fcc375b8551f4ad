package org.hpo4j.jdbc;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Starts that workers ask those with brief trials to leave to them. Whoever begins a trial as soon
 * as the last one has ended is nearly always faster than a worker that has to look first what there
 * is, from farther away at that; so one that came too late again and again says so, and for a
 * moment, or until it has started, the others begin nothing. Their turns go on after it.
 */
final class AskedStarts {

  /** So long the others wait at least, and at most; milliseconds. */
  static final int SHORTEST_MS = 20;

  static final int LONGEST_MS = 500;

  /** So often in a row a start may come too late by chance. */
  private static final int CHANCE = 2;

  /** The same for workers that leave one another turns. */
  private static final int CHANCE_OF_BRIEF = 4;

  /** So often in a row it is no chance, whatever is known of the others. */
  private static final int STARVING = 8;

  /** So long after others were seen having brief trials, it is expected that they go on. */
  private static final long MEMORY = Duration.ofSeconds(2).toNanos();

  private final LongSupplier nanos;

  /** How many starts in a row have come too late. */
  private int late;

  /**
   * When the last start began to be prepared, and for how long it has to be left to this worker.
   */
  private long triedAt;

  private int lengthMs = SHORTEST_MS;

  private long lookedAt;
  private long briefOnesSeen;

  /** Whether this worker has asked since its last start. */
  private boolean isWritten;

  /** When the moment ends that this worker, and that another one has asked for. */
  private long ownUntil;

  private long othersUntil;

  AskedStarts(LongSupplier nanos) {
    this.nanos = nanos;
    long now = nanos.getAsLong();
    triedAt = now;
    lookedAt = now;
    briefOnesSeen = now - MEMORY;
    ownUntil = now;
    othersUntil = now;
  }

  // ---- What this worker has seen ----

  /** A start begins to be prepared. */
  void tries() {
    triedAt = nanos.getAsLong();
  }

  void cameTooLate() {
    long now = nanos.getAsLong();
    if (now - othersUntil < 0) {
      // It was left to another worker.
      return;
    }
    late++;
    long twice = 2 * Duration.ofNanos(now - triedAt).toMillis();
    lengthMs = (int) Math.min(Math.max(twice, SHORTEST_MS), LONGEST_MS);
  }

  void started() {
    late = 0;
    isWritten = false;
    ownUntil = nanos.getAsLong();
  }

  /**
   * What others have written was read.
   *
   * @param endedCount how many new trials there were among it that had ended
   */
  void looked(int endedCount) {
    long now = nanos.getAsLong();
    // Faster ones than this worker can look and start.
    if (now - lookedAt < endedCount * Duration.ofMillis(lengthMs / 2).toNanos()) {
      briefOnesSeen = now;
    }
    lookedAt = now;
  }

  /** Another worker has asked; it may have started long before its moment ends. */
  void saw(long millisLeft) {
    long until = Math.min(millisLeft, SHORTEST_MS);
    othersUntil = nanos.getAsLong() + Duration.ofMillis(until).toNanos();
  }

  // ---- What it does ----

  /**
   * Whether to ask; the longer that does not help, the seldomer.
   *
   * @param isBrief whether the trials of this worker are brief too
   */
  boolean isDue(boolean isBrief) {
    boolean seldom = Integer.bitCount(late) == 1 || late % STARVING == 0;
    boolean isBeside = late >= STARVING || nanos.getAsLong() - briefOnesSeen < MEMORY;
    return late >= (isBrief ? CHANCE_OF_BRIEF : CHANCE) && seldom && isBeside;
  }

  /** For how long to ask: twice what the last start took from its preparation on; milliseconds. */
  int lengthMs() {
    return lengthMs;
  }

  /** The others were asked. */
  void asked() {
    isWritten = true;
    ownUntil = nanos.getAsLong() + Duration.ofMillis(lengthMs).toNanos();
  }

  /** Whether the next start has to {@linkplain #end end} what was asked, if its time did not. */
  boolean isWritten() {
    return isWritten;
  }

  /** Whether the others leave the next start to this worker. */
  boolean isAsked() {
    return nanos.getAsLong() - ownUntil < 0;
  }

  /** When a worker with brief trials may look whether it can go on. */
  long othersUntil() {
    return othersUntil;
  }

  // ---- As it is written ----

  /** Asks, from now on for so long by the database's clock. */
  static void ask(Script script, Dialect dialect, int studyId, String worker, int millis) {
    Turns.put(script, dialect, "hpo4j_asked_starts", studyId, worker, millis);
  }

  /** Lets the others go on, once the start that was asked for is made. */
  static void end(Script script, int studyId, String worker) {
    script.add("DELETE FROM hpo4j_asked_starts WHERE study_id = ? AND worker = ?", studyId, worker);
  }

  /**
   * A condition that no worker but one has asked; its parameters are the study's id and that one.
   */
  static String noOther(Dialect dialect) {
    return "NOT EXISTS (SELECT 1 FROM hpo4j_asked_starts WHERE study_id = ? AND worker <> ? AND "
        + Turns.isNow(dialect, LONGEST_MS)
        + ")";
  }
}
