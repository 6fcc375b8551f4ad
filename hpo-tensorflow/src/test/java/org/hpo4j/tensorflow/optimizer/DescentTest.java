package org.hpo4j.tensorflow.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.SplittableRandom;
import org.hpo4j.tensorflow.layers.Initializer;
import org.hpo4j.tensorflow.layers.Variables;
import org.junit.jupiter.api.Test;
import org.tensorflow.Graph;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;

/** SGD and RMSprop on the loss {@code 3 x * x}, whose gradient is {@code 6 x}, from 2. */
class DescentTest {
  private static final double[] RATES = {0.01, 0.02, 0.005, 0.03, 0.01};

  /** One step of an optimizer in double precision. */
  private interface Rule {
    double next(double x, double gradient, double rate);
  }

  @Test
  void plainDescentFollowsTheGradient() {
    assertFollows(Sgd.plain(), List.of(), (x, gradient, rate) -> x - rate * gradient);
  }

  @Test
  void classicalMomentumAddsUp() {
    double[] velocity = {0};
    assertFollows(
        Sgd.momentum(0.9),
        List.of("sgd/x/velocity"),
        (x, gradient, rate) -> {
          velocity[0] = 0.9 * velocity[0] - rate * gradient;
          return x + velocity[0];
        });
  }

  @Test
  void nesterovsMomentumLooksAhead() {
    double[] velocity = {0};
    assertFollows(
        Sgd.nesterov(0.8),
        List.of("sgd/x/velocity"),
        (x, gradient, rate) -> {
          velocity[0] = 0.8 * velocity[0] - rate * gradient;
          return x + 0.8 * velocity[0] - rate * gradient;
        });
  }

  @Test
  void rmsPropDividesByTheRootOfTheMeanSquare() {
    double[] square = {0};
    assertFollows(
        new RmsProp(0.9, 1e-3),
        List.of("rmsprop/x/square"),
        (x, gradient, rate) -> {
          square[0] = 0.9 * square[0] + 0.1 * gradient * gradient;
          return x - rate * gradient / (Math.sqrt(square[0]) + 1e-3);
        });
  }

  private static void assertFollows(Optimizer optimizer, List<String> stateNames, Rule rule) {
    try (Graph graph = new Graph();
        Session session = new Session(graph)) {
      Ops tf = Ops.create(graph);
      Variables model = Variables.of(tf, name -> new SplittableRandom(1));
      Variables state = Variables.of(tf, name -> new SplittableRandom(1));
      var x = model.trainable("x", Shape.scalar(), Initializer.constant(2));
      var frozen = model.trainable("frozen", Shape.scalar(), Initializer.constant(3));
      model.freeze(name -> name.equals("frozen"));
      Placeholder<TFloat32> learningRate = tf.placeholder(TFloat32.class);
      Op step =
          optimizer.minimize(
              graph,
              LossGradients.of(graph, tf.math.mul(frozen, tf.math.mul(x, x)), model),
              model,
              state,
              learningRate);
      assertThat(state.names()).isEqualTo(stateNames);
      model.initialize(session);
      state.initialize(session);

      double expected = 2;
      for (double rate : RATES) {
        expected = rule.next(expected, 6 * expected, rate);
        try (TFloat32 fed = TFloat32.scalarOf((float) rate)) {
          session.runner().feed(learningRate, fed).addTarget(step).run().close();
        }
        assertThat((double) model.read(session, "x")[0]).isCloseTo(expected, within(1e-5));
      }
      assertThat(model.read(session, "frozen")).containsExactly(3f);
    }
  }

  @Test
  void nothingToTrainIsRefused() {
    try (Graph graph = new Graph()) {
      Ops tf = Ops.create(graph);
      Variables model = Variables.of(tf, name -> new SplittableRandom(1));
      var x = model.trainable("x", Shape.scalar(), Initializer.constant(2));
      model.freeze(name -> true);
      assertThatThrownBy(() -> LossGradients.of(graph, tf.math.mul(x, x), model))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("no variable is trained: all are frozen, or none is there");
    }
  }

  @Test
  void settingsOutsideTheirRangeAreRefused() {
    assertThatThrownBy(() -> Sgd.momentum(1)).hasMessage("momentum is 1.0, must be in [0, 1)");
    assertThatThrownBy(() -> Sgd.nesterov(0))
        .hasMessage("momentum is 0, Nesterov's must be above 0");
    assertThatThrownBy(() -> new RmsProp(-0.1, 1e-7)).hasMessage("rho is -0.1, must be in [0, 1)");
    assertThatThrownBy(() -> new RmsProp(0.9, 0)).hasMessage("epsilon is 0.0, must be in (0, 1)");
  }
}
