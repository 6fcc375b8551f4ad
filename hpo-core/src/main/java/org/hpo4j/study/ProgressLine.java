package org.hpo4j.study;

import java.io.Console;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalInt;
import org.hpo4j.trial.FrozenTrial;
import org.hpo4j.trial.Trial;

/**
 * Shows how far a study has come: {@code 12/60 done, best 0.2413 (trial 7), 4.2 trials/min, about
 * 11 min left, 1 failed, 2 pruned}. On a terminal it rewrites one line; elsewhere, such as in the
 * log of a batch job, it prints a line at most every ten seconds. It writes to the standard error
 * stream, so that a program's own output stays clean.
 *
 * <pre>{@code
 * study.optimize(objective, RunOptions.trials(60).withListener(ProgressLine.of(60)));
 * }</pre>
 */
public final class ProgressLine implements StudyListener, AutoCloseable {

  private static final Duration TERMINAL_INTERVAL = Duration.ofMillis(100);
  private static final Duration PLAIN_INTERVAL = Duration.ofSeconds(10);

  /** One less than the usual width: a terminal may wrap a line that fills it. */
  private static final int TERMINAL_WIDTH = 79;

  private final OptionalInt total;
  private final PrintStream out;
  private final boolean terminal;
  private final InstantSource clock;
  private Optional<Progress> progress = Optional.empty();
  private Instant lastPrinted = Instant.MIN;
  private int printedLength;

  ProgressLine(OptionalInt total, PrintStream out, boolean terminal, InstantSource clock) {
    this.total = total;
    this.out = out;
    this.terminal = terminal;
    this.clock = clock;
  }

  /**
   * Progress towards a number of finished trials, those of earlier runs included, as {@link
   * RunOptions#trials} counts.
   *
   * @throws IllegalArgumentException if the count is negative
   */
  public static ProgressLine of(int trialCount) {
    if (trialCount < 0) {
      throw new IllegalArgumentException("trialCount must be at least 0, got " + trialCount);
    }
    return standard(OptionalInt.of(trialCount));
  }

  /** Progress of a run whose end is not known as a number of trials. */
  public static ProgressLine unlimited() {
    return standard(OptionalInt.empty());
  }

  private static ProgressLine standard(OptionalInt total) {
    return new ProgressLine(total, System.err, isTerminal(), InstantSource.system());
  }

  @SuppressWarnings("SystemConsoleNull") // null up to JDK 21, isInteractive tells from 22 on
  private static boolean isTerminal() {
    Console console = System.console();
    return console != null && isInteractive(console) && !"dumb".equals(System.getenv("TERM"));
  }

  /** From JDK 22 on there may be a console without a terminal; before, there is no such method. */
  private static boolean isInteractive(Console console) {
    try {
      return (Boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (NoSuchMethodException e) {
      return true;
    } catch (ReflectiveOperationException e) {
      return false;
    }
  }

  @Override
  public synchronized void trialStarted(BaseStudy study, Trial trial) {
    if (progress.isEmpty()) {
      begin(study);
    }
  }

  private Progress begin(BaseStudy study) {
    Progress fresh = new Progress(total, clock.instant());
    study.trials().stream()
        .filter(earlier -> earlier.state().isFinished())
        .forEach(fresh::finishedBefore);
    progress = Optional.of(fresh);
    return fresh;
  }

  @Override
  public synchronized void trialFinished(BaseStudy study, FrozenTrial trial) {
    if (progress.isPresent()) {
      progress.get().finished(trial);
    } else {
      begin(study);
    }
    Progress current = progress.orElseThrow();
    current.best(study instanceof Study single ? single.findBest() : Optional.empty());
    Instant time = clock.instant();
    Duration interval = terminal ? TERMINAL_INTERVAL : PLAIN_INTERVAL;
    if (current.isComplete()
        || lastPrinted.equals(Instant.MIN)
        || !time.isBefore(lastPrinted.plus(interval))) {
      print(current.line(time));
      lastPrinted = time;
    }
    if (current.isComplete()) {
      endLine();
    }
  }

  private void print(String line) {
    if (!terminal) {
      out.println(line);
      return;
    }
    String text = TextWrap.shorten(line, TERMINAL_WIDTH);
    // Blanks cover what is left of a longer line; escape sequences would not work everywhere.
    out.print("\r" + text + " ".repeat(Math.max(0, printedLength - text.length())));
    out.flush();
    printedLength = text.length();
  }

  private void endLine() {
    if (terminal && printedLength > 0) {
      out.println();
      printedLength = 0;
    }
  }

  /** Shows the final state and ends the line; needed only where the last trial is not known. */
  @Override
  public synchronized void close() {
    progress
        .filter(current -> !current.isComplete())
        .ifPresent(current -> print(current.line(clock.instant())));
    endLine();
  }
}
