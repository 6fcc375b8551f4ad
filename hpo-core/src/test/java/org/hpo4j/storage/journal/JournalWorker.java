package org.hpo4j.storage.journal;

import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.hpo4j.contract.TestStudies;
import org.hpo4j.space.Configuration;
import org.hpo4j.storage.Durability;
import org.hpo4j.storage.Storage;
import org.hpo4j.storage.StudyChange;
import org.hpo4j.storage.StudyStorage;
import org.hpo4j.trial.Direction;
import org.hpo4j.trial.Outcome;
import org.hpo4j.trial.TrialState;
import org.hpo4j.trial.TrialTable;

/**
 * A process that runs trials of a study in a journal, waiting ones first, and prints the number of
 * each once it is recorded for good.
 */
final class JournalWorker {

  private JournalWorker() {}

  /** Runs trials until the study has as many as the second argument says. */
  @SuppressWarnings("SystemOut") // the way to the parent
  public static void main(String[] arguments) {
    try (Storage storage = JournalStorage.open(Path.of(arguments[0]))) {
      StudyStorage study = storage.find("study").orElseThrow();
      int count = Integer.parseInt(arguments[1]);
      while (true) {
        study.refresh();
        int number = next(study, count);
        if (number == count) {
          return;
        }
        if (number >= 0) {
          study.commit(
              List.of(
                  new StudyChange.Report(number, TrialTable.OBJECTIVE, 0, number),
                  new StudyChange.SetTrialAttribute(number, "pid", ProcessHandle.current().pid()),
                  TestStudies.finish(number, Outcome.completed(2.0 * number))),
              Durability.DURABLE);
          System.out.println(number);
        }
      }
    }
  }

  /** Starts a trial; -1 if another process was faster, the count if there is nothing left. */
  private static int next(StudyStorage study, int count) {
    TrialTable table = study.table();
    for (int number = table.finishedPrefix(); number < table.size(); number++) {
      if (table.state(number) == TrialState.WAITING) {
        StudyChange claim =
            new StudyChange.ClaimTrial(number, Configuration.empty(), TestStudies.START);
        return study.commit(List.of(claim), Durability.VISIBLE)[0];
      }
    }
    return table.size() == count
        ? count
        : study
            .commit(
                List.of(TestStudies.start(table.size(), TestStudies.x(0.5))), Durability.VISIBLE)[
            0];
  }

  /** A journal whose study has waiting trials. */
  static StudyStorage create(Path journal, int waiting) {
    StudyStorage study = JournalStorage.open(journal).create("study", List.of(Direction.MINIMIZE));
    StudyChange enqueue = new StudyChange.EnqueueTrial(Map.of("x", 0.5), Map.of());
    study.commit(Collections.nCopies(waiting, enqueue), Durability.DURABLE);
    return study;
  }
}
