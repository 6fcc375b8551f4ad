package org.hpo4j.djl.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Each optimizer against its formulas in double precision, with a rate that changes. */
class OptimizerTest {
  private static final double[] RATES = {0.1, 0.05, 0.02, 0.07};

  /** The reference: moves one weight by its gradient. */
  private interface Rule {
    double next(int step, double rate, double weight, double gradient);
  }

  @Test
  void plainDescentFollowsTheGradient() {
    check(Sgd.plain(), (step, rate, w, g) -> w - rate * g);
  }

  @Test
  void momentumSumsTheMoves() {
    double[] v = new double[1];
    check(
        Sgd.momentum(0.9),
        (step, rate, w, g) -> {
          v[0] = 0.9 * v[0] - rate * g;
          return w + v[0];
        });
  }

  @Test
  void nesterovLooksAhead() {
    double[] v = new double[1];
    check(
        Sgd.nesterov(0.9),
        (step, rate, w, g) -> {
          v[0] = 0.9 * v[0] - rate * g;
          return w + 0.9 * v[0] - rate * g;
        });
  }

  @Test
  void adamCorrectsItsBias() {
    double[] m = new double[1];
    double[] v = new double[1];
    check(
        Adam.ofDefaults(),
        (step, rate, w, g) -> {
          m[0] = 0.9 * m[0] + 0.1 * g;
          v[0] = 0.999 * v[0] + 0.001 * g * g;
          double size = rate * Math.sqrt(1 - Math.pow(0.999, step)) / (1 - Math.pow(0.9, step));
          return w - size * m[0] / (Math.sqrt(v[0]) + 1e-7);
        });
  }

  @Test
  void rmsPropDividesByTheRootOfTheMeanSquare() {
    double[] v = new double[1];
    check(
        RmsProp.ofDefaults(),
        (step, rate, w, g) -> {
          v[0] = 0.9 * v[0] + 0.1 * g * g;
          return w - rate * g / (Math.sqrt(v[0]) + 1e-7);
        });
  }

  /** Minimizes w^4 / 4 + w from 0.8, once here and once by the rule; the gradient is w^3 + 1. */
  private static void check(StatefulOptimizer optimizer, Rule rule) {
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray weight = weight(manager);
      double expected = 0.8;
      for (int step = 1; step <= RATES.length; step++) {
        train(optimizer, weight, RATES[step - 1]);
        double gradient = Math.pow(expected, 3) + 1;
        expected = rule.next(step, RATES[step - 1], expected, gradient);
        assertThat((double) weight.toFloatArray()[0]).isCloseTo(expected, within(2e-6));
      }
    }
  }

  private static NDArray weight(NDManager manager) {
    NDArray weight = manager.create(new float[] {0.8f});
    weight.setRequiresGradient(true);
    return weight;
  }

  private static void train(StatefulOptimizer optimizer, NDArray weight, double rate) {
    try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
      // DJL may free a number before its gradient is computed.
      NDArray quarter = weight.getManager().create(0.25f);
      collector.backward(weight.square().square().mul(quarter).add(weight).sum());
    }
    optimizer.beginStep(rate);
    optimizer.update("w", weight, weight.getGradient());
  }

  @Test
  void theGradientIsZeroAfterAStep() {
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray weight = weight(manager);
      train(Sgd.plain(), weight, 0.1);

      assertThat(weight.getGradient().toFloatArray()).containsExactly(0);
    }
  }

  @Test
  void aRestoredOptimizerGoesOnToTheLastBit() {
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray weight = weight(manager);
      Adam first = Adam.ofDefaults();
      train(first, weight, 0.1);
      NDArray copy = weight.duplicate();
      copy.setRequiresGradient(true);
      Map<String, NDArray> state = new TreeMap<>();
      first.state().forEach((name, array) -> state.put(name, array.duplicate()));
      Adam second = Adam.ofDefaults();
      second.restore(state, first.steps());

      train(first, weight, 0.1);
      train(second, copy, 0.1);
      assertThat(copy.toFloatArray()).isEqualTo(weight.toFloatArray());
    }
  }

  @Test
  void anUpdateBeforeAStepIsRefused() {
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray weight = weight(manager);
      assertThatThrownBy(() -> Sgd.plain().update("w", weight, weight.getGradient()))
          .hasMessage("no step has begun: call beginStep(rate)");
    }
  }

  @Test
  void settingsOutOfRangeAreNamed() {
    assertThatThrownBy(() -> Sgd.momentum(1)).hasMessage("momentum is 1.0, must be in [0, 1)");
    assertThatThrownBy(() -> Sgd.nesterov(0)).hasMessageContaining("must be above 0");
    assertThatThrownBy(() -> Adam.of(0.9, 0.999, 0)).hasMessageContaining("epsilon is 0.0");
    assertThatThrownBy(() -> RmsProp.of(-0.1, 1e-7)).hasMessageContaining("rho is -0.1");
  }
}
