package org.hpo4j.examples.anything;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Set;
import java.util.stream.Collectors;
import org.hpo4j.study.Study;
import org.hpo4j.trial.TrialState;
import org.junit.jupiter.api.Test;

class AnythingTunableTest {

  @Test
  void everyPartOfATrainingVariesAndTheStudyLearns() throws IOException {
    Study study = AnythingTunable.run(12, 6, 256);

    assertThat(study.trials()).allMatch(trial -> trial.state() == TrialState.COMPLETE);
    for (String name : Set.of("optimizer", "loss", "batch_size", "layers", "schedule", "shuffle")) {
      Set<Object> values =
          study.trials().stream()
              .map(trial -> trial.configuration().get(name))
              .collect(Collectors.toSet());
      assertThat(values).as(name).hasSizeGreaterThan(1);
    }
    assertThat(study.best().value()).isGreaterThan(study.trial(0).value());
  }
}
