package org.hpo4j.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.IntStream;
import org.hpo4j.sampler.RandomSampler;
import org.hpo4j.space.Configuration;
import org.hpo4j.space.Parameter;
import org.hpo4j.space.Parameters;
import org.hpo4j.space.SearchSpace;
import org.hpo4j.trial.FrozenTrial;
import org.hpo4j.trial.Trial;
import org.hpo4j.trial.TrialState;
import org.junit.jupiter.api.Test;

class DuplicatesTest {

  private static final Parameter<Integer> X = Parameters.integer("x", 0, 9);

  private static StudyBuilder study(Duplicates policy) {
    return Study.named("s")
        .minimize("loss")
        .space(SearchSpace.of(X))
        .sampler(RandomSampler.ofDefaults())
        .seed(3)
        .duplicates(policy);
  }

  @Test
  void resamplingTriesEveryValueBeforeItRepeatsOne() {
    Study study = study(Duplicates.RESAMPLE).create();
    study.optimize(trial -> trial.suggest(X), RunOptions.trials(10));
    assertThat(study.trials().stream().map(t -> t.get(X)))
        .containsExactlyInAnyOrderElementsOf(IntStream.range(0, 10).boxed().toList());
  }

  @Test
  void resamplingRepeatsValuesWhenThereAreNoOthers() {
    Study study = study(Duplicates.RESAMPLE).create();
    study.optimize(trial -> trial.suggest(X), RunOptions.trials(15));
    assertThat(study.trialCount()).isEqualTo(15);
  }

  @Test
  void reusingRunsEveryValueOnce() {
    Study study = study(Duplicates.REUSE).create();
    List<Integer> evaluated = new ArrayList<>();
    List<Integer> told = new ArrayList<>();
    StudyListener listener =
        new StudyListener() {
          @Override
          public void trialFinished(BaseStudy of, FrozenTrial trial) {
            told.add(trial.number());
          }
        };
    study.optimize(
        trial -> {
          evaluated.add(trial.suggest(X));
          return trial.suggest(X);
        },
        RunOptions.trials(100).withListener(listener));
    assertThat(evaluated).doesNotHaveDuplicates();
    assertThat(told).hasSize(100);
    assertThat(study.trials())
        .hasSize(100)
        .allSatisfy(trial -> assertThat(trial.value()).isEqualTo(trial.get(X).doubleValue()));
  }

  @Test
  void reusingTakesTheMeasuredConstraintsToo() {
    Study study = study(Duplicates.REUSE).constraints("memory").create();
    study.optimize(
        trial -> {
          trial.constrain("memory", trial.suggest(X) - 5);
          return trial.suggest(X);
        },
        RunOptions.trials(30));
    assertThat(study.trials())
        .allSatisfy(trial -> assertThat(trial.constraints()).containsExactly(trial.get(X) - 5.0));
  }

  @Test
  void askingNeverHandsOutAReusedTrial() {
    Study study = study(Duplicates.REUSE).create();
    for (int i = 0; i < 9; i++) {
      Trial trial = study.ask();
      study.tell(trial, trial.suggest(X));
    }
    List<Integer> run =
        study.trials().stream()
            .filter(t -> t.state() == TrialState.COMPLETE)
            .map(t -> t.get(X))
            .distinct()
            .toList();
    assertThat(run).hasSize(9);
  }

  @Test
  void askingEndsWhereEveryValueIsKnown() {
    Study study = study(Duplicates.REUSE).create();
    for (int x = 0; x < 10; x++) {
      study.importTrial(Configuration.builder().set(X, x).build(), x);
    }
    assertThatExceptionOfType(NoSuchElementException.class)
        .isThrownBy(study::ask)
        .withMessageContaining("repeats itself");
  }

  @Test
  void replicatingIsTheDefault() {
    Study study =
        Study.named("s")
            .minimize("loss")
            .space(SearchSpace.of(X))
            .sampler(RandomSampler.ofDefaults())
            .seed(3)
            .create();
    study.optimize(trial -> trial.suggest(X), RunOptions.trials(11));
    assertThat(study.trials().stream().map(t -> t.get(X)).distinct().count()).isLessThan(10);
  }

  @Test
  void anOrderedRunResamplesTheSameWithEightThreads() {
    Study one = study(Duplicates.RESAMPLE).create();
    one.optimize(trial -> trial.suggest(X), RunOptions.trials(30).ordered(8));
    Study eight = study(Duplicates.RESAMPLE).create();
    eight.optimize(trial -> trial.suggest(X), RunOptions.trials(30).ordered(8).withParallelism(8));
    assertThat(eight.export().canonicalJson()).isEqualTo(one.export().canonicalJson());
  }
}
