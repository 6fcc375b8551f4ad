package org.hpo4j.study;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.hpo4j.trial.TrialTable;

/**
 * How long and how a study runs. Immutable: each {@code with} method returns changed options.
 *
 * <p>Two ways to run: <em>asap</em>, the default, lets a sampler see whatever has finished.
 * <em>ordered</em> lets trial n see the outcomes of the trials up to n - lag and of none later, so
 * that equal seeds and lags give equal studies at any number of threads.
 */
public final class RunOptions {

  /** Enough to tell a broken objective from a space with many bad values. */
  private static final int IDENTICAL_FAILURES = 20;

  private final Draft draft;

  /** Takes the draft, which nobody may change any more. */
  private RunOptions(Draft draft) {
    this.draft = draft;
    draft.devices.ifPresent(
        devices -> {
          if (draft.parallelism > devices.count()) {
            throw new IllegalArgumentException(
                "a parallelism of "
                    + draft.parallelism
                    + " needs as many devices, got "
                    + devices.count()
                    + ": "
                    + devices);
          }
        });
  }

  private RunOptions with(Consumer<Draft> change) {
    Draft changed = new Draft(draft);
    change.accept(changed);
    return new RunOptions(changed);
  }

  /**
   * Runs until the study has this many finished trials, those of earlier runs included: calling
   * again after an interruption does what is left. Processes that share a study, and runs of one
   * process at the same time, count one another's running trials and wait for the last ones, so
   * that there are no more. A trial that this process {@linkplain BaseStudy#ask asked for} itself
   * is not waited for and counts when it is told, since the run may have to return first.
   *
   * <p>There may be more only where nobody would notice that a worker has died: with another
   * library's workers, and where machines share a journal. There are fewer if the sampler has
   * nothing left, or the space is {@linkplain Duplicates used up}.
   *
   * @throws IllegalArgumentException if the count is negative
   */
  public static RunOptions trials(int trialCount) {
    return new RunOptions(new Draft(trialCount, false));
  }

  /**
   * Runs until the study has this many finished trials more than now, whoever runs them; otherwise
   * like {@link #trials}.
   *
   * @throws IllegalArgumentException if the count is negative
   */
  public static RunOptions additionalTrials(int trialCount) {
    return new RunOptions(new Draft(trialCount, true));
  }

  /**
   * Runs until a time limit or a stop condition ends it, the sampler has nothing left, or the space
   * is {@linkplain Duplicates used up}.
   */
  public static RunOptions unlimited() {
    return new RunOptions(new Draft(Integer.MAX_VALUE, false));
  }

  /** Runs up to this many trials at a time, each in a thread of its own; 1 by default. */
  public RunOptions withParallelism(int threads) {
    if (threads < 1) {
      throw new IllegalArgumentException("parallelism must be at least 1, got " + threads);
    }
    return with(next -> next.parallelism = threads);
  }

  /** Lets a sampler see whatever has finished; the default. */
  public RunOptions asap() {
    return with(next -> next.lag = 0);
  }

  /**
   * Lets trial n see the outcomes of the trials 0 to n - lag only. At most {@code lag} trials can
   * run at a time; a lag of 1 is one after the other. Stop conditions, time limits and repeated
   * failures end a run by what has happened until then, and so not always after the same trial.
   *
   * @param lag from 1 to {@value TrialTable#LARGEST_LAG}
   */
  public RunOptions ordered(int lag) {
    if (lag < 1 || lag > TrialTable.LARGEST_LAG) {
      throw new IllegalArgumentException(
          "lag must be from 1 to " + TrialTable.LARGEST_LAG + ", got " + lag);
    }
    return with(next -> next.lag = lag);
  }

  /**
   * Starts no trial after this much time, however the time of day is set meanwhile; running ones
   * are finished.
   */
  public RunOptions withTimeLimit(Duration limit) {
    return with(next -> next.timeLimit = Optional.of(positive("time limit", limit)));
  }

  /**
   * Starts no trial that, if it took as long as the longest one so far, would end after this time.
   */
  public RunOptions finishBy(Instant deadline) {
    return with(next -> next.finishBy = Optional.of(deadline));
  }

  /**
   * Fails a trial that runs longer. Cooperative: the trial notices when it reports or asks for a
   * new parameter; a value that it returns late is kept.
   */
  public RunOptions withTrialTimeLimit(Duration limit) {
    return with(next -> next.trialTimeLimit = Optional.of(positive("trial time limit", limit)));
  }

  /** Goes on after a trial that threw one of these, or of their subclasses. */
  @SafeVarargs
  @SuppressWarnings("varargs") // the array is only read
  public final RunOptions tolerating(Class<? extends Exception>... exceptions) {
    return with(next -> next.tolerated.addAll(List.of(exceptions)));
  }

  /** Ends the run when this, or another condition given before, is met. */
  public RunOptions stopWhen(StopCondition condition) {
    return with(next -> next.stopConditions.add(condition));
  }

  /**
   * Ends the run by a {@link RepeatedFailureException} when so many of its trials in a row have
   * failed in the same way: for the same reason, with the same exception and the same first line of
   * its message, in which numbers do not count. A trial that ends otherwise begins a new row; a
   * failure that is {@linkplain StudySettings#retrying retried} does not count.
   *
   * <p>By default 20, and only where nothing else has happened in the run: a sampler may well meet
   * so many bad values in a row, and learn from them. Nor do exceptions count that are {@linkplain
   * #tolerating tolerated}, and so expected. A number that is given here counts all of them.
   *
   * @param trialCount at least 2; {@code Integer.MAX_VALUE} to go on whatever happens
   */
  public RunOptions stopAfterIdenticalFailures(int trialCount) {
    if (trialCount < 2) {
      throw new IllegalArgumentException("trialCount must be at least 2, got " + trialCount);
    }
    return with(next -> next.identicalFailures = OptionalInt.of(trialCount));
  }

  /**
   * Leaves it to the program what happens when its process is asked to end. By default (Ctrl-C,
   * SIGTERM, {@code System.exit}) a run gives its running trials back to the queue, which does not
   * count as an attempt, makes all that was recorded durable, interrupts its objectives, and prints
   * the study's summary to the standard error stream, all within about ten seconds. Without that,
   * running trials are lost, and found by the next run.
   */
  public RunOptions withoutShutdownHook() {
    return with(next -> next.shutdownHook = false);
  }

  /** Tells this listener too. */
  public RunOptions withListener(StudyListener listener) {
    return with(next -> next.listeners.add(listener));
  }

  /**
   * Gives each running trial one of these devices; see {@link org.hpo4j.trial.Trial#device}.
   *
   * @throws IllegalArgumentException if the parallelism, given before or later, exceeds the number
   *     of devices
   */
  public RunOptions withDevices(DeviceSlots slots) {
    return with(next -> next.devices = Optional.of(slots));
  }

  private static Duration positive(String what, Duration limit) {
    if (limit.isZero() || limit.isNegative()) {
      throw new IllegalArgumentException("the " + what + " must be positive, got " + limit);
    }
    return limit;
  }

  /** How many finished trials end the run, given how many there are. */
  int targetCount(int finishedCount) {
    return draft.additional
        ? (int) Math.min(Integer.MAX_VALUE, (long) finishedCount + draft.trialCount)
        : draft.trialCount;
  }

  /** Whether how long the run goes depends on trials that ended before it. */
  boolean goesByEarlierTrials() {
    return targetCount(0) < Integer.MAX_VALUE || deadline().isPresent();
  }

  int parallelism() {
    return draft.parallelism;
  }

  /** The lag of an ordered run; 0 for asap. */
  int lag() {
    return draft.lag;
  }

  Optional<Duration> timeLimit() {
    return draft.timeLimit;
  }

  Optional<Instant> deadline() {
    return draft.finishBy;
  }

  Optional<Duration> trialTimeLimit() {
    return draft.trialTimeLimit;
  }

  boolean tolerates(Throwable thrown) {
    return draft.tolerated.stream().anyMatch(type -> type.isInstance(thrown));
  }

  List<StopCondition> stopConditions() {
    return draft.stopConditions;
  }

  List<StudyListener> listeners() {
    return draft.listeners;
  }

  Optional<DeviceSlots> devices() {
    return draft.devices;
  }

  /** How many identical failures in a row end the run. */
  int identicalFailures() {
    return draft.identicalFailures.orElse(IDENTICAL_FAILURES);
  }

  boolean countsAllFailures() {
    return draft.identicalFailures.isPresent();
  }

  boolean usesShutdownHook() {
    return draft.shutdownHook;
  }

  /** All that can be chosen. */
  private static final class Draft {
    final int trialCount;
    final boolean additional;
    int parallelism = 1;
    int lag;
    Optional<Duration> timeLimit = Optional.empty();
    Optional<Instant> finishBy = Optional.empty();
    Optional<Duration> trialTimeLimit = Optional.empty();
    final List<Class<? extends Exception>> tolerated = new ArrayList<>();
    final List<StopCondition> stopConditions = new ArrayList<>();
    final List<StudyListener> listeners = new ArrayList<>();
    Optional<DeviceSlots> devices = Optional.empty();
    OptionalInt identicalFailures = OptionalInt.empty();
    boolean shutdownHook = true;

    Draft(int trialCount, boolean additional) {
      if (trialCount < 0) {
        throw new IllegalArgumentException("trialCount must be at least 0, got " + trialCount);
      }
      this.trialCount = trialCount;
      this.additional = additional;
    }

    Draft(Draft options) {
      this.trialCount = options.trialCount;
      this.additional = options.additional;
      this.parallelism = options.parallelism;
      this.lag = options.lag;
      this.timeLimit = options.timeLimit;
      this.finishBy = options.finishBy;
      this.trialTimeLimit = options.trialTimeLimit;
      this.tolerated.addAll(options.tolerated);
      this.stopConditions.addAll(options.stopConditions);
      this.listeners.addAll(options.listeners);
      this.devices = options.devices;
      this.identicalFailures = options.identicalFailures;
      this.shutdownHook = options.shutdownHook;
    }
  }
}
