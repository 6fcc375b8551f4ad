package org.hpo4j.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.training.optimizer.Optimizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.hpo4j.djl.optimizer.StatefulOptimizer;
import org.hpo4j.trial.Fidelity;
import org.hpo4j.trial.Trial;

/**
 * Which epochs of the whole training a trial runs, and the state from which the next trial goes on:
 * the weights, the optimizer's arrays and the seed of the engine's draws. All epochs, and no state,
 * where no scheduler decides.
 *
 * @param trial the trial
 * @param done how many epochs its parent has had; 0 without a parent
 * @param until how many it shall have had
 * @param epochs those of the whole training
 */
record TrainingPart(Trial trial, int done, int until, int epochs) {

  private static final String STATE = "training.safetensors";
  private static final String WEIGHTS = "weights/";
  private static final String OPTIMIZER = "optimizer/";
  private static final String STEPS = "optimizer_steps";
  private static final String SEED = "seed";

  static TrainingPart of(Trial trial, int epochs) {
    int done = trial.fidelity().map(Fidelity::initialResource).orElse(0);
    int until = trial.fidelity().map(Fidelity::resource).orElse(epochs);
    if (until > epochs) {
      throw new IllegalArgumentException(
          "the sampler lets trial %d train for %d epochs, the objective for %d: call epochs(%d)"
              .formatted(trial.number(), until, epochs, until));
    }
    return new TrainingPart(trial, done, until, epochs);
  }

  /**
   * Reads the parent's state, if there is a parent.
   *
   * @return the seed of the whole training's draws
   */
  long restore(DjlModel model, Optimizer optimizer) throws IOException {
    if (until < epochs || done > 0) {
      requireStateful(optimizer);
    }
    if (done == 0) {
      return trial.random("engine").nextLong();
    }
    Path file = trial.parentArtifact(STATE).orElseThrow(this::missing);
    Map<String, ArrayData> state = ArrayFile.read(file);
    Map<String, ArrayData> weights = below(WEIGHTS, state);
    model.requireSame("'" + file + "'", weights);
    weights.forEach(model::setWeights);
    Map<String, NDArray> slots = new TreeMap<>();
    below(OPTIMIZER, state)
        .forEach((name, values) -> slots.put(name, Staging.copy(model.manager(), values)));
    requireStateful(optimizer).restore(slots, Math.toIntExact(number(state, STEPS)));
    return number(state, SEED);
  }

  private static Map<String, ArrayData> below(String prefix, Map<String, ArrayData> state) {
    Map<String, ArrayData> part = new LinkedHashMap<>();
    state.forEach(
        (name, values) -> {
          if (name.startsWith(prefix)) {
            part.put(name.substring(prefix.length()), values);
          }
        });
    return part;
  }

  private static long number(Map<String, ArrayData> state, String name) {
    ArrayData values = state.get(name);
    if (values == null) {
      throw new IllegalArgumentException("'" + STATE + "' has no '" + name + "'");
    }
    return values.longs()[0];
  }

  private StatefulOptimizer requireStateful(Optimizer optimizer) {
    if (optimizer instanceof StatefulOptimizer stateful) {
      return stateful;
    }
    throw new IllegalArgumentException(
        "the sampler stops trial %d after epoch %d of %d to go on later, but %s keeps its state to itself: use one of org.hpo4j.djl.optimizer"
            .formatted(trial.number(), until, epochs, optimizer.getClass().getName()));
  }

  private IllegalStateException missing() {
    return new IllegalStateException(
        "trial %d goes on after epoch %d, but its parent %s kept no file '%s'"
            .formatted(
                trial.number(),
                done,
                trial.fidelity().orElseThrow().parent().orElseThrow(),
                STATE));
  }

  /** Attaches the state unless the training is complete. */
  void keep(DjlModel model, Optimizer optimizer, long seed) throws IOException {
    if (until == epochs) {
      return;
    }
    StatefulOptimizer stateful = requireStateful(optimizer);
    Map<String, ArrayData> state = new LinkedHashMap<>();
    model.weights().forEach((name, values) -> state.put(WEIGHTS + name, values));
    stateful.state().forEach((name, values) -> state.put(OPTIMIZER + name, ArrayData.of(values)));
    state.put(STEPS, ArrayData.of(new long[] {stateful.steps()}, 1));
    state.put(SEED, ArrayData.of(new long[] {seed}, 1));
    Path folder = Files.createTempDirectory("hpo4j-training");
    Path file = folder.resolve(STATE);
    try {
      ArrayFile.write(file, state);
      trial.attach(STATE, file);
    } finally {
      Files.deleteIfExists(file);
      Files.delete(folder);
    }
  }
}
