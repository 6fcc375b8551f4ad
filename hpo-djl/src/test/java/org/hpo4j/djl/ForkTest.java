package org.hpo4j.djl;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.hpo4j.fork.ForkOptions;
import org.hpo4j.fork.ForkedObjective;
import org.hpo4j.study.Objective;
import org.hpo4j.study.RunOptions;
import org.hpo4j.study.Study;
import org.hpo4j.trial.Trial;
import org.junit.jupiter.api.Test;

/** Several trainings at a time, each in a JVM of its own. */
class ForkTest {

  /** Layers with dropout, so that the engine's own draws count. */
  public static final class Training implements Objective<IOException> {
    public Training() {}

    @Override
    public double evaluate(Trial trial) throws IOException {
      return Points.objectiveOf(hp -> Points.deep())
          .learningRate(hp -> LearningRate.constant(hp.logUniform("rate", 1e-3, 1e-1)))
          .epochs(2)
          .build()
          .evaluate(trial);
    }
  }

  @Test
  void forkedTrialsSideBySideEqualThoseInOneProcess() throws Exception {
    Study together = study();
    together.optimize(new Training(), RunOptions.trials(4).ordered(2));
    Study forked = study();
    forked.optimize(
        ForkedObjective.of(
            Training.class,
            ForkOptions.ofDefaults().withJvmArguments("-Dai.djl.pytorch.num_threads=1")),
        RunOptions.trials(4).ordered(2).withParallelism(2));

    assertThat(forked.export().canonicalJson()).isEqualTo(together.export().canonicalJson());
  }

  private static Study study() {
    return Study.named("points").minimize("loss").seed(5).create();
  }
}
