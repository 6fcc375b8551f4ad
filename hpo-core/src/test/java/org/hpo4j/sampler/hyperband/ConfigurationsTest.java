package org.hpo4j.sampler.hyperband;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hpo4j.sampler.RandomSampler;
import org.hpo4j.sampler.Sampler;
import org.hpo4j.sampler.SamplerContext;
import org.hpo4j.sampler.Suggestion;
import org.hpo4j.sampler.Training;
import org.hpo4j.trial.TrialHistory;
import org.junit.jupiter.api.Test;

/** What a sampler is shown within a scheduler. */
class ConfigurationsTest {

  /** Draws at random and remembers what it was shown. */
  private static final class Witness implements Sampler {
    final boolean acrossResources;
    final List<Optional<Training>> trainings = new ArrayList<>();
    int fewerThanAll;

    Witness(boolean acrossResources) {
      this.acrossResources = acrossResources;
    }

    @Override
    public Suggestion suggest(TrialHistory history, SamplerContext context) {
      trainings.add(context.training());
      fewerThanAll += history.size() < context.trialNumber() ? 1 : 0;
      return RandomSampler.ofDefaults().suggest(history, context);
    }

    @Override
    public boolean learnsAcrossResources() {
      return acrossResources;
    }

    @Override
    public String describe() {
      return "witness()";
    }
  }

  private static Witness witness(boolean acrossResources) {
    Witness witness = new Witness(acrossResources);
    Sampler hyperband = HyperbandSampler.builder(20).around(witness).iterations(1).build();
    new Simulation(hyperband, 1, 1, 0, 0).run(Integer.MAX_VALUE);
    return witness;
  }

  @Test
  void oneThatLearnsAcrossResourcesIsShownAllTrialsAndHowFarTheNewOneGoes() {
    Witness witness = witness(true);
    assertThat(witness.fewerThanAll).isZero();
    assertThat(witness.trainings)
        .containsOnly(
            Optional.of(new Training(3, 20)),
            Optional.of(new Training(7, 20)),
            Optional.of(new Training(20, 20)));
  }

  @Test
  void anyOtherIsShownTrialsThatCompareAndNoTraining() {
    Witness witness = witness(false);
    assertThat(witness.fewerThanAll).isPositive();
    assertThat(witness.trainings).containsOnly(Optional.empty());
  }
}
