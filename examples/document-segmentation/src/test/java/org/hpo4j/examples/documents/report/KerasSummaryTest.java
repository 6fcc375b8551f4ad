package org.hpo4j.examples.documents.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.hpo4j.sampler.hyperband.HyperbandSampler;
import org.hpo4j.space.Parameters;
import org.hpo4j.space.SearchSpace;
import org.hpo4j.study.RunOptions;
import org.hpo4j.study.Study;
import org.junit.jupiter.api.Test;

class KerasSummaryTest {
  private static final SearchSpace SPACE =
      SearchSpace.of(
          Parameters.integer("start_neurons", 16, 128, 16).withDefault(16),
          Parameters.bool("dropout"),
          Parameters.choice("activation", "mish", "elu"));

  @Test
  void aSpaceIsPrintedAsKerasTunerDoes() {
    assertThat(KerasSummary.searchSpace(SPACE))
        .isEqualTo(
            """
            Search space summary
            Default search space size: 3
            start_neurons (Int)
            {'default': 16, 'conditions': [], 'min_value': 16, 'max_value': 128, 'step': 16, 'sampling': 'linear'}
            dropout (Boolean)
            {'default': False, 'conditions': []}
            activation (Choice)
            {'default': 'mish', 'conditions': [], 'values': ['mish', 'elu'], 'ordered': False}
            """);
  }

  @Test
  void resultsArePrintedAsKerasTunerDoes() {
    Study study = Study.named("s").maximize("val_f1").space(SPACE).create();
    study.enqueue(Map.of("start_neurons", 32, "dropout", true, "activation", "elu"));
    study.enqueue(Map.of("start_neurons", 64, "dropout", false, "activation", "mish"));
    study.optimize(trial -> trial.number() == 0 ? 0.25 : 0.75, RunOptions.trials(2));
    assertThat(KerasSummary.results(study, Path.of("runs", "d"), 3))
        .isEqualTo(
            """
            Results summary
            Results in runs/d
            Showing 10 best trials
            Objective(name="val_f1", direction="max")

            Trial 0001 summary
            Hyperparameters:
            start_neurons: 64
            dropout: False
            activation: mish
            Score: 0.75

            Trial 0000 summary
            Hyperparameters:
            start_neurons: 32
            dropout: True
            activation: elu
            Score: 0.25
            """);
  }

  @Test
  void bracketsAreCountedDownAndParentsNamed() {
    Study study =
        Study.named("s")
            .maximize("val_f1")
            .space(SPACE)
            .sampler(HyperbandSampler.builder(3).iterations(1).build())
            .create();
    study.optimize(
        trial -> trial.number() + trial.fidelity().orElseThrow().resource(), RunOptions.trials(4));
    String summary = KerasSummary.results(study, Path.of("d"), 2);
    // Trial 3 goes on with the best of the three before it.
    assertThat(summary)
        .contains(
            """
            tuner/epochs: 3
            tuner/initial_epoch: 1
            tuner/bracket: 1
            tuner/round: 1
            tuner/trial_id: 0002
            Score: 6.0
            """);
  }
}
