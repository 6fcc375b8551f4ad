package org.hpo4j.djl.optimizer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import ai.djl.training.optimizer.Optimizer;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * An optimizer whose state can be saved, so that a training can stop and go on exactly.
 *
 * <p>DJL's own optimizers keep theirs to themselves, and of these its PyTorch engine has only Adam,
 * AdamW and stochastic gradient descent without Nesterov's momentum. They also draw their rate from
 * a tracker of their own; these are told it before each step.
 *
 * <p>An optimizer belongs to one training.
 */
public abstract class StatefulOptimizer extends Optimizer {
  private final Map<String, NDArray> state = new TreeMap<>();
  private float learningRate;
  private int step;

  /** Makes an optimizer without state. */
  protected StatefulOptimizer() {
    super(new Settings());
  }

  /** The superclass takes its own settings, weight decay and clipping, which these don't use. */
  private static final class Settings extends OptimizerBuilder<Settings> {
    @Override
    protected Settings self() {
      return this;
    }
  }

  /**
   * Begins a step of all parameters.
   *
   * @param rate the step's size, above 0
   */
  public final void beginStep(double rate) {
    learningRate = (float) rate;
    step++;
  }

  /**
   * Updates one parameter and sets its gradient to 0.
   *
   * @param parameter name of the parameter, under which its state is kept
   * @param weight its values, changed in place
   * @param gradient its gradient
   * @throws IllegalStateException if no step has begun
   */
  @Override
  public final void update(String parameter, NDArray weight, NDArray gradient) {
    if (step == 0) {
      throw new IllegalStateException("no step has begun: call beginStep(rate)");
    }
    // The engine refuses to change in place what it collects gradients for.
    weight.setRequiresGradient(false);
    try (NDScope temporary = new NDScope()) {
      temporary.suppressNotUsedWarning();
      apply(parameter, weight, gradient);
      gradient.subi(gradient);
    } finally {
      weight.setRequiresGradient(true);
    }
  }

  /** Updates one parameter; arrays that it makes on the way are closed after it. */
  protected abstract void apply(String parameter, NDArray weight, NDArray gradient);

  /** Returns the size of this step. */
  protected final float learningRate() {
    return learningRate;
  }

  /** Returns the number of this step, from 1. */
  protected final int step() {
    return step;
  }

  /**
   * Returns an array that the optimizer keeps for a parameter, of its shape; first zeros.
   *
   * @param slot name of the array, the same for all parameters
   */
  protected final NDArray slot(String slot, String parameter, NDArray weight) {
    return state.computeIfAbsent(
        slot + "/" + parameter,
        name -> {
          NDArray zeros = weight.zerosLike();
          NDScope.unregister(zeros);
          return zeros;
        });
  }

  /** Returns what is kept, by slot and parameter; the arrays change with the next step. */
  public final Map<String, NDArray> state() {
    return Collections.unmodifiableMap(state);
  }

  /** Returns how many steps have begun. */
  public final int steps() {
    return step;
  }

  /**
   * Takes over the state of an optimizer of the same kind and settings.
   *
   * @param arrays as of {@link #state()}; changed by later steps and not closed here
   * @param steps as of {@link #steps()}
   */
  public final void restore(Map<String, NDArray> arrays, int steps) {
    state.clear();
    state.putAll(arrays);
    step = steps;
  }

  static double requireDecay(String name, double value) {
    if (!(value >= 0 && value < 1)) {
      throw new IllegalArgumentException(name + " is " + value + ", must be in [0, 1)");
    }
    return value;
  }

  static double requireEpsilon(double value) {
    if (!(value > 0 && value < 1)) {
      throw new IllegalArgumentException("epsilon is " + value + ", must be in (0, 1)");
    }
    return value;
  }
}
