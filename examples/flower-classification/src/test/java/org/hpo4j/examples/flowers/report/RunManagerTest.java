package org.hpo4j.examples.flowers.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.hpo4j.examples.flowers.head.Head;
import org.hpo4j.examples.flowers.head.HeadEngine;
import org.hpo4j.sampler.GridSampler;
import org.hpo4j.study.Objective;
import org.hpo4j.study.RunOptions;
import org.hpo4j.study.Study;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class RunManagerTest {

  @Test
  void everyEpochIsARowAtOnce(@TempDir Path folder) throws Exception {
    Study study = study();
    RunManager manager = new RunManager(folder, study);
    List<Integer> lines = new ArrayList<>();
    study.optimize(
        objective(() -> lines.add(Files.readAllLines(folder.resolve("runs.csv")).size())),
        RunOptions.trials(2).withListener(manager));
    // A header, and a row for each epoch of two runs.
    assertThat(lines).containsExactly(2, 3, 4, 5);
    assertThat(folder.resolve("runs.csv"))
        .content()
        .startsWith(
            "run,epoch,training_loss,training_accuracy,validation_loss,validation_accuracy,epoch_seconds,run_seconds,learning_rate,batch,units,dropout\n")
        .contains("\n1,2,0.5,,0.7,0.9,");
    JsonNode rows = JsonMapper.shared().readTree(folder.resolve("runs.json").toFile());
    assertThat(rows.size()).isEqualTo(4);
    assertThat(rows.required(0).required("units").intValue()).isEqualTo(256);
  }

  @Test
  void aSecondStartKnowsTheRunsBefore(@TempDir Path folder) throws Exception {
    Study study = study();
    RunManager manager = new RunManager(folder, study);
    study.optimize(objective(() -> {}), RunOptions.trials(2).withListener(manager));
    RunManager second = new RunManager(folder, study);
    assertThat(second.rows()).hasSize(4);
    assertThat(RunTable.toText(second.rows())).isEqualTo(RunTable.toText(manager.rows()));
  }

  @Test
  void theTableIsSortedByValidationAccuracy(@TempDir Path folder) throws Exception {
    Study study = study();
    RunManager manager = new RunManager(folder, study);
    study.optimize(objective(() -> {}), RunOptions.trials(2).withListener(manager));
    List<RunRow> best = RunTable.best(manager.rows());
    assertThat(best).extracting(RunRow::run).containsExactly(1, 0);
    assertThat(best).extracting(RunRow::epoch).containsExactly(2, 2);
    assertThat(RunTable.toText(manager.rows()))
        .contains("| 1 | 256 | 0.5 | 0.001 | 25 | 2 | 0.500 | - | 0.700 | 90.0 % |");
  }

  private interface AfterEpoch {
    void run() throws Exception;
  }

  /** Reports as the adapters do: the objective last. */
  private static Objective<Exception> objective(AfterEpoch afterEpoch) {
    return trial -> {
      double dropout = Head.of(trial).dropout();
      double value = 0;
      for (int epoch = 1; epoch <= 2; epoch++) {
        trial.report(RunRow.TRAINING_LOSS, epoch, 1.0 / epoch);
        trial.report(RunRow.VALIDATION_LOSS, epoch, 0.7);
        value = dropout + epoch * 0.2;
        trial.report(epoch, value);
        afterEpoch.run();
      }
      return value;
    };
  }

  private static Study study() {
    return Study.named("runs")
        .maximize(HeadEngine.ACCURACY)
        .space(Head.SPACE)
        .sampler(GridSampler.of(Head.runs()))
        .create();
  }
}
