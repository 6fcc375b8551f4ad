package org.hpo4j.jdbc;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongSupplier;

/**
 * Who starts trials while several workers want to. Of those that have prepared the next trial only
 * one can start it, and the work of the others was in vain. Where trials take next to no time that
 * would be most of the work; so a worker that came too late lately, and whose trials are all that
 * brief, takes a turn with its next start: for a moment the others whose trials are brief prepare
 * nothing. Then they come back one after the other, in the order of their names, beginning after
 * the one that had the turn; but whoever had none for more than a round comes first. Workers with
 * longer trials start them at any time: they would wait for what they are seldom in the way of.
 * Whoever is always too late {@linkplain AskedStarts asks}. Nothing but speed depends on turns.
 */
final class Turns {

  /** A turn that another worker has, as the database tells. */
  record Turn(String worker, long millisLeft) {}

  /**
   * So long the others wait for a turn to end; milliseconds. Every worker comes back with cold
   * caches, which costs of 16 on two processors a quarter with 0.4 s, and nothing any more with
   * this.
   */
  static final int LENGTH_MS = 1_000;

  /** After a turn the others come back so long after one another. */
  private static final long APART = Duration.ofMillis(10).toNanos();

  /** A worker without a turn for so long has no more place in the order. */
  private static final long GONE = Duration.ofMinutes(3).toNanos();

  /** So often whoever has the turn looks what others have written. */
  private static final long LOOK_AGAIN = Duration.ofMillis(50).toNanos();

  /** Trials longer than this run side by side, whatever their starts cost. */
  private static final long BRIEF = Duration.ofMillis(3).toNanos();

  /** Brief trials take less even on a machine with too few processors. */
  private static final long INTERRUPTED = Duration.ofMillis(40).toNanos();

  /**
   * So many brief trials one after the other make it likely that those of a turn will be. Where
   * some end at once and others do not, the others would wait for those in vain.
   */
  static final int STEADY = 32;

  /** So long after others were seen starting trials, it is expected that they go on. */
  private static final long MEMORY = Duration.ofSeconds(2).toNanos();

  /** After so long it is no worker that has the lock. */
  static final long STUCK = Duration.ofSeconds(1).toNanos();

  private final String worker;
  private final LongSupplier nanos;

  private final AskedStarts asked;

  /** How many brief trials there were lately, but for those that others of a while outweigh. */
  private int briefOnes;

  private boolean steady;

  /** The workers that were seen to have turns, and when. */
  private final Map<String, Long> others = new HashMap<>();

  /** When others were last seen to start trials. */
  private long othersSeen;

  private long restUntil;
  private boolean mine;

  /** When the last turn of this worker ends; at first, when it came. */
  private long mineUntil;

  /** Whether nobody else had started a trial since the last look when this worker did. */
  private boolean undisturbed;

  /** What was known when starts began to come too late, and when that was. */
  private int lateAfter = -1;

  private long lateSince;

  private long lookedAt;

  Turns(String worker) {
    this(worker, System::nanoTime);
  }

  /**
   * @param nanos a time that only passes; nanoseconds from any origin
   */
  Turns(String worker, LongSupplier nanos) {
    this.worker = worker;
    this.nanos = nanos;
    this.asked = new AskedStarts(nanos);
    long now = nanos.getAsLong();
    othersSeen = now - MEMORY;
    restUntil = now;
    mineUntil = now;
    lookedAt = now;
  }

  /** What is asked of those whose trials are brief. */
  AskedStarts asked() {
    return asked;
  }

  // ---- What this worker has seen ----

  /** A trial of this worker has ended, so long after its start. */
  void ended(long duration) {
    if (duration < BRIEF) {
      briefOnes = Math.min(briefOnes + 1, STEADY);
      steady |= briefOnes == STEADY;
      return;
    }
    // A single one may be brief and have waited for a processor.
    briefOnes = duration < INTERRUPTED ? Math.max(0, briefOnes - STEADY / 2) : 0;
    if (briefOnes < STEADY / 2) {
      steady = false;
      mine = false;
    }
  }

  /** Whether the trials of this worker take next to no time. */
  boolean isBrief() {
    return steady;
  }

  /**
   * Another worker was faster, or whoever it is has the lock under which trials are started.
   *
   * @param newest the highest id of a trial that is known
   */
  void cameTooLate(int newest) {
    asked.cameTooLate();
    undisturbed = false;
    othersSeen = nanos.getAsLong();
    if (newest != lateAfter) {
      lateAfter = newest;
      lateSince = nanos.getAsLong();
    }
  }

  /** Whether starts come too late although nobody has started a trial for a while. */
  boolean isStuck(int newest) {
    return newest == lateAfter && nanos.getAsLong() - lateSince > STUCK;
  }

  /** A turn was read. */
  void saw(Turn turn) {
    if (!turn.worker().equals(worker)) {
      long now = nanos.getAsLong();
      others.put(turn.worker(), now);
      othersSeen = now;
      mine = false;
      long end = now + Duration.ofMillis(turn.millisLeft()).toNanos();
      restUntil =
          isOverdue(now)
              ? end - ThreadLocalRandom.current().nextLong(APART)
              : end + placeAfter(turn.worker(), now) * APART;
    }
  }

  /** Whether the others do not seem to know that this worker is among those that wait. */
  private boolean isOverdue(long now) {
    return now - mineUntil > (others.size() + 1) * Duration.ofMillis(LENGTH_MS).toNanos();
  }

  /**
   * What others have written was read.
   *
   * @param endedCount how many new trials there were among it that had ended
   */
  void looked(int endedCount) {
    asked.looked(endedCount);
    undisturbed = false;
    lookedAt = nanos.getAsLong();
  }

  /** This worker has started a trial, which it could not have if others had since it looked. */
  void started() {
    asked.started();
    undisturbed = true;
  }

  /**
   * Whether this worker has the turn and so little time has passed since it looked that the next
   * start, and that alone, need not look again: if others start trials all the same, it comes too
   * late.
   */
  boolean sparesLook() {
    boolean spares = mine && undisturbed && nanos.getAsLong() - lookedAt < LOOK_AGAIN;
    undisturbed = false;
    return spares;
  }

  /** How many others come back before this worker after a turn. */
  private int placeAfter(String last, long now) {
    others.values().removeIf(seen -> now - seen > GONE);
    int before = 0;
    for (String other : others.keySet()) {
      boolean afterLast = other.compareTo(last) > 0;
      boolean beforeThis = other.compareTo(worker) < 0;
      if (worker.compareTo(last) > 0 ? afterLast && beforeThis : afterLast || beforeThis) {
        before++;
      }
    }
    return before;
  }

  // ---- What it does ----

  /** Whether others may be starting trials. */
  boolean hasCompany() {
    return nanos.getAsLong() - othersSeen < MEMORY;
  }

  /** How long to leave starts to the others; at most zero if this worker may start one. */
  Duration rest() {
    if (!isBrief()) {
      return Duration.ZERO;
    }
    long now = nanos.getAsLong();
    if (mine && now - mineUntil > 0) {
      mine = false;
      // One that never had a turn may be among those that wait.
      restUntil = now + Math.max(1, placeAfter(worker, now)) * APART;
    }
    return Duration.ofNanos(Math.max(restUntil - now, asked.othersUntil() - now));
  }

  /** Whether the next start should take a turn. */
  boolean isToBeTaken() {
    return !mine && isBrief() && hasCompany();
  }

  /** Writes that a worker takes the turn. */
  static void take(Script script, Dialect dialect, int studyId, String worker) {
    put(script, dialect, "hpo4j_turns", studyId, worker, LENGTH_MS);
  }

  /** Writes who has something in a study, from now on for so long by the database's clock. */
  static void put(
      Script script, Dialect dialect, String table, int studyId, String worker, int millis) {
    script.add(
        "INSERT INTO "
            + table
            + " (study_id, worker, until_ms) VALUES (?, ?, "
            + dialect.now()
            + " + "
            + millis
            + ")"
            + dialect.orReplace(
                List.of("study_id"),
                List.of(
                    "worker = " + dialect.inserted("worker"),
                    "until_ms = " + dialect.inserted("until_ms"))),
        studyId,
        worker);
  }

  /** A condition that a row holds still, and the clock has not been put back since. */
  static String isNow(Dialect dialect, int millis) {
    return "until_ms BETWEEN " + dialect.now() + " AND " + dialect.now() + " + " + millis;
  }

  /** The turn was taken. */
  void taken() {
    mine = true;
    mineUntil = nanos.getAsLong() + Duration.ofMillis(LENGTH_MS).toNanos();
  }
}
