package org.hpo4j.tensorboard;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.hpo4j.study.BaseStudy;
import org.hpo4j.study.StudyListener;
import org.hpo4j.trial.FrozenTrial;
import org.hpo4j.trial.Trial;
import org.hpo4j.trial.TrialState;
import org.hpo4j.trial.TrialTable;

/**
 * Shows a study in TensorBoard: one run a trial, with a curve for each metric that it reports, and
 * a row in the table of hyperparameters. Safe for trials in several threads.
 *
 * <pre>{@code
 * try (TensorBoardListener tensorBoard = TensorBoardListener.of(Path.of("runs", "net"))) {
 *   study.optimize(objective, RunOptions.trials(60).withListener(tensorBoard));
 * }
 * }</pre>
 *
 * <p>The run of trial 7 is the folder {@code trial-0007}. Reports become scalars under the metric's
 * name at the report's step. When the trial ends, {@code final/NAME} is each objective's value,
 * {@code trial/seconds} its wall time, both at the last step reported, and the text {@code outcome}
 * its state, with the reason of a failure. A promoted trial is a run of its own, whose steps go on
 * where its parent's end.
 *
 * <p>The row of a trial appears when the trial starts if the study's space is declared, else with
 * its first report or its end, since its parameters are not known before. A complete trial has the
 * status "success", a failed one "failure", a pruned one and one that has not ended "unknown".
 *
 * <p>A study may be continued with the same folder: its trials get new event files. Where files
 * cannot be written, the study goes on; the first such failure is logged as a warning.
 */
public final class TensorBoardListener implements StudyListener, AutoCloseable {

  private static final System.Logger LOG = System.getLogger(TensorBoardListener.class.getName());

  /** Names the study whose runs are in the folder. */
  private static final String OWNER = "hpo4j-study.txt";

  private final Path folder;
  private final ConcurrentMap<Integer, TrialRun> running = new ConcurrentHashMap<>();
  private final AtomicBoolean owned = new AtomicBoolean();
  private final AtomicBoolean described = new AtomicBoolean();
  private final AtomicBoolean failed = new AtomicBoolean();

  private TensorBoardListener(Path folder) {
    this.folder = folder;
  }

  /**
   * A listener that writes below a folder, which is created if absent and holds the runs of one
   * study.
   */
  public static TensorBoardListener of(Path folder) {
    return new TensorBoardListener(folder);
  }

  /** The folder of a trial's run. */
  public Path folder(int trialNumber) {
    return folder.resolve("trial-%04d".formatted(trialNumber));
  }

  /**
   * The writer of a trial's run, for what a study wants to add, such as histograms of weights. It
   * is closed when the trial ends, and does not throw when its file cannot be written. For a trial
   * that has ended, such as one to be run again, it adds to the run until this listener is closed.
   */
  public SummaryWriter writer(Trial trial) {
    return run(trial.number()).writer();
  }

  private TrialRun run(int number) {
    return running.computeIfAbsent(number, n -> new TrialRun(folder(n), this::warnOnce));
  }

  /**
   * Begins a trial's run.
   *
   * @throws IllegalStateException if the folder holds the runs of another study
   */
  @Override
  public void trialStarted(BaseStudy study, Trial trial) {
    own(study);
    TrialRun run = run(trial.number());
    run.begin();
    if (study.space().isPresent()) {
      run.announce(trial.configuration());
    }
  }

  @Override
  public void trialReported(BaseStudy study, Trial trial, String metric, int step, double value) {
    TrialRun run = run(trial.number());
    run.announce(trial.configuration());
    run.writer().scalar(metric, step, value);
  }

  @Override
  public void trialFinished(BaseStudy study, FrozenTrial trial) {
    own(study);
    TrialRun run = run(trial.number());
    running.remove(trial.number());
    run.finish(trial, study.metrics());
    // Before, it is not known which metrics a trial of this study reports.
    if (trial.state() == TrialState.COMPLETE
        && study.space().isPresent()
        && described.compareAndSet(false, true)) {
      describe(study, trial);
    }
  }

  private void describe(BaseStudy study, FrozenTrial trial) {
    List<String> metrics = new ArrayList<>();
    study.metrics().forEach(objective -> metrics.add(TrialRun.FINAL + objective));
    for (String metric : trial.reports().keySet()) {
      metrics.add(metric.equals(TrialTable.OBJECTIVE) ? study.metrics().get(0) : metric);
    }
    metrics.add(TrialRun.SECONDS);
    SummaryWriter root = new SummaryWriter(folder, this::warnOnce);
    root.write(
        HParams.experiment(
            study.name(), Instant.now(), study.space().orElseThrow().parameters(), metrics));
    root.close();
  }

  /** Takes the folder, or sees that this study has it. */
  private void own(BaseStudy study) {
    if (owned.get()) {
      return;
    }
    String name = "study " + study.name() + ", seed " + study.seed() + "\n";
    try {
      Path file = folder.resolve(OWNER);
      String owner = ownerIn(file, name);
      if (!owner.equals(name)) {
        throw new IllegalStateException(
            folder
                + " holds the runs of "
                + owner.strip()
                + ", not of "
                + name.strip()
                + "; give each study a folder of its own");
      }
      owned.set(true);
    } catch (IOException e) {
      warnOnce(e);
    }
  }

  private static String ownerIn(Path file, String claimant) throws IOException {
    try {
      return Files.readString(file);
    } catch (NoSuchFileException e) {
      Path folder = file.toAbsolutePath().getParent();
      Files.createDirectories(folder);
      Path draft = Files.createTempFile(folder, OWNER, ".draft");
      Files.writeString(draft, claimant, StandardCharsets.UTF_8);
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
      return claimant;
    }
  }

  private void warnOnce(IOException e) {
    if (failed.compareAndSet(false, true)) {
      LOG.log(
          System.Logger.Level.WARNING,
          () -> "the study goes on, but its runs in " + folder + " are not complete",
          e);
    }
  }

  /** Closes the files of trials that have not ended; to be called after the study's run. */
  @Override
  public void close() {
    running
        .keySet()
        .forEach(
            number -> {
              TrialRun run = running.remove(number);
              if (run != null) {
                run.close();
              }
            });
  }
}
