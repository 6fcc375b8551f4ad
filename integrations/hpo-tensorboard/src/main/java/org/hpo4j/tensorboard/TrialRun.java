package org.hpo4j.tensorboard;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.hpo4j.space.Configuration;
import org.hpo4j.trial.FrozenTrial;
import org.hpo4j.trial.Outcome;
import org.hpo4j.trial.Report;

/** The run of one trial. Used by the trial's thread alone. */
final class TrialRun {

  static final String FINAL = "final/";
  static final String SECONDS = "trial/seconds";
  static final String OUTCOME = "outcome";

  private final SummaryWriter writer;
  private final Consumer<IOException> onFailure;
  private Instant started = Instant.now();

  /** What the table of hyperparameters has been told. */
  private Optional<Configuration> announced = Optional.empty();

  TrialRun(Path folder, Consumer<IOException> onFailure) {
    this.writer = new SummaryWriter(folder, onFailure);
    this.onFailure = onFailure;
  }

  SummaryWriter writer() {
    return writer;
  }

  /** A trial that starts in a folder with events was given back before: it starts anew. */
  void begin() {
    started = Instant.now();
    try {
      if (EventFile.existsIn(writer.folder())) {
        writer.restart(0);
      }
    } catch (IOException e) {
      onFailure.accept(e);
    }
  }

  /** Puts the trial in the table of hyperparameters, unless it is there. */
  void announce(Configuration configuration) {
    if (announced.isEmpty()) {
      writer.write(HParams.sessionStart(configuration, started));
      announced = Optional.of(configuration);
    }
  }

  void finish(FrozenTrial trial, List<String> objectives) {
    started = trial.started().orElse(started);
    announce(trial.configuration());
    if (announced.orElseThrow().size() < trial.configuration().size()) {
      announceAll(trial.configuration());
    }
    long step =
        trial.reports().values().stream()
            .flatMap(List::stream)
            .mapToInt(Report::step)
            .max()
            .orElse(0);
    if (trial.outcome().orElse(null) instanceof Outcome.Completed completed) {
      for (int i = 0; i < objectives.size(); i++) {
        writer.scalar(FINAL + objectives.get(i), step, completed.values().get(i));
      }
    }
    trial.duration().ifPresent(time -> writer.scalar(SECONDS, step, time.toNanos() / 1e9));
    writer.text(OUTCOME, step, describe(trial));
    writer.write(HParams.sessionEnd(trial.state(), trial.ended().orElseGet(Instant::now)));
    writer.close();
  }

  /**
   * A parameter was first asked for after the first report. TensorBoard keeps the first that it
   * reads of a session, so this has to stand in a file before the others.
   */
  private void announceAll(Configuration configuration) {
    Path file = writer.folder().resolve(EventFile.firstName());
    try {
      Path draft = Files.createTempFile(writer.folder(), "session", ".draft");
      try (EventFile events = EventFile.open(draft)) {
        events.append(Events.fileVersion());
        events.append(HParams.sessionStart(configuration, started));
      }
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      onFailure.accept(e);
    }
  }

  private static String describe(FrozenTrial trial) {
    StringBuilder text = new StringBuilder("trial ").append(trial.number());
    text.append(": **").append(trial.state()).append("**");
    trial
        .fidelity()
        .ifPresent(
            fidelity -> {
              text.append(", resource ").append(fidelity.resource());
              fidelity
                  .parent()
                  .ifPresent(parent -> text.append(", continues trial ").append(parent));
            });
    if (!trial.constraints().isEmpty()) {
      text.append(trial.isFeasible() ? ", feasible" : ", not feasible");
    }
    if (trial.outcome().orElse(null) instanceof Outcome.Failed failed) {
      text.append(", ").append(failed.reason()).append("\n\n");
      // As code: a message may have characters that Markdown takes for its own.
      text.append(failed.message().indent(4));
    }
    return text.toString();
  }

  void close() {
    writer.close();
  }
}
