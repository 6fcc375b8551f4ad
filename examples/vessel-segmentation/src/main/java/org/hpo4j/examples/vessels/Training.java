package org.hpo4j.examples.vessels;

import java.io.IOException;
import java.util.List;
import java.util.function.Function;
import org.hpo4j.examples.vessels.data.PatchSource;
import org.hpo4j.examples.vessels.data.Retina;
import org.hpo4j.examples.vessels.data.RetinaSplit;
import org.hpo4j.examples.vessels.engine.Engine;
import org.hpo4j.examples.vessels.engine.NetworkPlan;
import org.hpo4j.examples.vessels.engine.NetworkPlan.Encoder;
import org.hpo4j.examples.vessels.engine.TrainingTask;
import org.hpo4j.examples.vessels.engine.TrainingTask.Settings;
import org.hpo4j.study.Objective;
import org.hpo4j.trial.HyperParameters;
import org.hpo4j.trial.Trial;

/** Makes objectives of the study's photographs and sizes. */
record Training(Profile profile, RetinaSplit retinas, VesselSpace space, Engine engine) {

  /** The seed of the patches that every trial is validated on. */
  private static final long VALIDATION_SEED = 1;

  /** Returns the largest height and width of a patch that a trial may have. */
  static int largestPatch(Profile profile) {
    return (profile.residual() ? Encoder.RESNET34 : Encoder.PLAIN).patch();
  }

  /** Returns the objective of the search. */
  Objective<IOException> search() {
    return objective(space::plan, false, (trial, network) -> {});
  }

  /**
   * Returns an objective that trains one network, whatever the trial.
   *
   * @param finished is given the network with the weights of its best epoch
   */
  Objective<IOException> of(NetworkPlan plan, TrainingTask.Finished finished) {
    return objective(
        hp -> {
          hp.fixed("network", plan.describe());
          return plan;
        },
        true,
        finished);
  }

  private Objective<IOException> objective(
      Function<HyperParameters, NetworkPlan> plan,
      boolean keepWeights,
      TrainingTask.Finished finished) {
    return engine.objective(
        new TrainingTask(
            plan,
            profile.startFilters(),
            profile.depth(),
            trial -> training(trial, plan.apply(trial).encoder().patch()),
            trial -> validation(plan.apply(trial).encoder().patch()),
            new Settings(profile.epochs(), Profile.LEARNING_RATE, Profile.DECAY),
            keepWeights,
            finished));
  }

  private PatchSource training(Trial trial, int patch) {
    return PatchSource.random(
        retinas.train(),
        patch,
        profile.batch(),
        profile.steps(),
        trial.random("patches").nextLong());
  }

  private PatchSource validation(int patch) {
    List<Retina> held = retinas.validation();
    return PatchSource.fixed(
        held, patch, profile.batch(), profile.validationPatches(), VALIDATION_SEED);
  }
}
