package org.hpo4j.fork;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hpo4j.space.Parameters.choice;
import static org.hpo4j.space.Parameters.ordinal;
import static org.hpo4j.space.Parameters.uniform;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.DoubleUnaryOperator;
import java.util.random.RandomGenerator;
import java.util.stream.DoubleStream;
import org.hpo4j.pruner.ThresholdPruner;
import org.hpo4j.sampler.RandomSampler;
import org.hpo4j.sampler.Sampler;
import org.hpo4j.sampler.SamplerContext;
import org.hpo4j.sampler.Suggestion;
import org.hpo4j.space.Parameter;
import org.hpo4j.space.Parameters;
import org.hpo4j.space.SearchSpace;
import org.hpo4j.study.MultiObjective;
import org.hpo4j.study.MultiObjectiveStudy;
import org.hpo4j.study.Objective;
import org.hpo4j.study.RunOptions;
import org.hpo4j.study.Study;
import org.hpo4j.study.StudyBuilder;
import org.hpo4j.trial.Explanation;
import org.hpo4j.trial.Fidelity;
import org.hpo4j.trial.Trial;
import org.hpo4j.trial.TrialHistory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All of the trial works in its process as it does in the study's. */
class ForkedTrialTest {

  private static final Parameter<DoubleUnaryOperator> ACTIVATION =
      choice("activation", activations());

  private final Path folder;

  ForkedTrialTest(@TempDir Path folder) {
    this.folder = folder;
  }

  /** Options that only their own process can make. */
  private static Map<String, DoubleUnaryOperator> activations() {
    Map<String, DoubleUnaryOperator> options = new LinkedHashMap<>();
    options.put("relu", x -> Math.max(0, x));
    options.put("tanh", Math::tanh);
    return options;
  }

  /** Uses every method of a trial, and tells the study what came of it. */
  static final class Everything implements Objective<IOException> {

    /** For the trial's process. */
    public Everything() {}

    @Override
    public double evaluate(Trial trial) throws IOException {
      double x = trial.suggest(ACTIVATION).applyAsDouble(trial.uniform("x", -1, 1));
      x += trial.ordinal("size", "small", "large").length() + trial.normal("bias", 0, 3);
      x += trial.weightedChoice("batch", List.of(16, 32), 1.0, 3.0) + trial.uniform("x", -1, 1);
      List<String> seen = new ArrayList<>();
      seen.add(trial.configuration().toString());
      seen.add(trial.directions() + " " + trial.why());
      seen.add(trial.fidelity() + " " + trial.device() + " " + trial.timeLeft().isPresent());
      RandomGenerator random = trial.random("weights");
      seen.add(DoubleStream.generate(random::nextGaussian).limit(200).sum() + "");
      seen.add(random.nextInt(1000) + " " + trial.random("weights").nextLong());
      seen.add(message(() -> trial.uniform("x", 0, 1)));
      seen.add(message(() -> trial.constrain("unknown", 1)));
      seen.add(message(() -> trial.report("loss", 0, 1)));
      seen.add(message(() -> trial.setAttribute("thread", Thread.currentThread())));
      seen.add(message(() -> trial.attach("none", Path.of("no such file"))));
      trial.constrain("memory", x - 100);
      trial.report("accuracy", 1, 1 / x);
      trial.report(1, x);
      seen.add("prune " + trial.shouldPrune());
      seen.add(trial.parentArtifact("weights").map(Everything::read).orElse("from scratch"));
      trial.setAttribute("seen", seen);
      Path file = Files.createTempFile("weights", "");
      Files.writeString(file, "weights of trial " + trial.number());
      trial.attach("weights", file);
      Files.delete(file);
      return x;
    }

    private static String message(Runnable action) {
      try {
        action.run();
        return "nothing thrown";
      } catch (RuntimeException e) {
        return e.getClass() + ": " + e.getMessage();
      }
    }

    private static String read(Path file) {
      try {
        return Files.readString(file);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  @Test
  void aStudyEqualsOneInProcess() throws Exception {
    Study forked = study("forked").create();
    forked.optimize(ForkedObjective.of(Everything.class, Forks.quick()), options());
    Study inProcess = study("in-process").create();
    inProcess.optimize(new Everything(), options());

    assertThat(forked.export().canonicalJson()).isEqualTo(inProcess.export().canonicalJson());
    assertThat(forked.trial(1).attributes().toString())
        .contains("[MINIMIZE]", "declares no constraint 'unknown'", "weights of trial 0");
    assertThat(forked.artifact(1, "weights")).get().matches(Files::isRegularFile);
  }

  private static RunOptions options() {
    return RunOptions.trials(2).withTrialTimeLimit(Duration.ofHours(1));
  }

  @Test
  void optionsOfADefinedParameterAreTheObjectsOfTheAsker() throws Exception {
    Study study = study("objects").create();
    study.optimize(ForkedObjective.of(Everything.class, Forks.quick()), RunOptions.trials(1));

    assertThat(study.trial(0).get(ACTIVATION).applyAsDouble(-7)).isZero();
  }

  @Test
  void aDeclaredSpaceIsDrawnBeforeTheProcessStarts() throws Exception {
    SearchSpace space =
        SearchSpace.of(
            uniform("x", -1, 1),
            ACTIVATION,
            ordinal("size", "small", "large"),
            Parameters.normal("bias", 0, 3),
            Parameters.weightedChoice("batch", List.of(16, 32), 1.0, 3.0));
    Study forked = study("declared").space(space).create();
    forked.optimize(ForkedObjective.of(Everything.class, Forks.quick()), RunOptions.trials(1));
    Study inProcess = study("declared, in process").space(space).create();
    inProcess.optimize(new Everything(), RunOptions.trials(1));

    assertThat(forked.export().canonicalJson()).isEqualTo(inProcess.export().canonicalJson());
  }

  private StudyBuilder study(String name) {
    return Study.named(name)
        .minimize("loss")
        .constraints("memory")
        .sampler(new Continuing())
        .pruner(ThresholdPruner.above(1e6))
        .artifacts(folder)
        .seed(7);
  }

  /** The second trial continues the first. */
  private static final class Continuing implements Sampler {

    @Override
    public Suggestion suggest(TrialHistory history, SamplerContext context) {
      Suggestion drawn = RandomSampler.ofDefaults().suggest(history, context);
      Fidelity fidelity =
          context.trialNumber() == 0
              ? new Fidelity(0, 0, 0, 1, OptionalInt.empty())
              : new Fidelity(0, 1, 1, 3, OptionalInt.of(0));
      return ((Suggestion.Values) drawn)
          .because(Explanation.of("test", "why not").withScore("luck", 0.1).withFallback("none"))
          .withFidelity(fidelity);
    }

    @Override
    public String describe() {
      return "continuing()";
    }
  }

  /** Two values. */
  static final class Two implements MultiObjective<RuntimeException> {

    /** For the trial's process. */
    public Two() {}

    @Override
    public double[] evaluate(Trial trial) {
      double x = trial.uniform("x", 0, 1);
      return new double[] {x, Double.NEGATIVE_INFINITY};
    }
  }

  @Test
  void severalObjectivesArriveInTheirOrder() throws Exception {
    MultiObjectiveStudy study =
        MultiObjectiveStudy.named("two").minimize("a").minimize("b").create();
    study.optimize(ForkedMultiObjective.of(Two.class, Forks.quick()), RunOptions.trials(1));

    assertThat(study.trial(0).values()).containsExactly(0.5, Double.NEGATIVE_INFINITY);
  }
}
