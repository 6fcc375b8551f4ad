package org.hpo4j.tensorflow.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

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

class AdamTest {

  @Test
  void followsTheAlgorithmOfThePaper() {
    double rate = 0.1;
    Adam adam = new Adam(0.9, 0.99, 1e-6);
    try (Graph graph = new Graph();
        Session session = new Session(graph)) {
      Ops tf = Ops.create(graph);
      Variables model = Variables.of(tf, name -> new SplittableRandom(1));
      Variables state = Variables.of(tf, name -> new SplittableRandom(1));
      var x = model.trainable("x", Shape.scalar(), Initializer.constant(2));
      var frozen = model.state("frozen", Shape.scalar(), Initializer.constant(3));
      Placeholder<TFloat32> learningRate = tf.placeholder(TFloat32.class);
      // loss = frozen * x^2, gradient 6x. Not tf.math.square: its gradient ends the JVM (SIGSEGV).
      Op step =
          adam.minimize(
              graph,
              LossGradients.of(graph, tf.math.mul(frozen, tf.math.mul(x, x)), model),
              model,
              state,
              learningRate);
      model.initialize(session);
      state.initialize(session);

      double expected = 2;
      double mean = 0;
      double square = 0;
      for (int t = 1; t <= 5; t++) {
        double gradient = 6 * expected;
        mean = 0.9 * mean + 0.1 * gradient;
        square = 0.99 * square + 0.01 * gradient * gradient;
        double stepSize = rate * Math.sqrt(1 - Math.pow(0.99, t)) / (1 - Math.pow(0.9, t));
        expected -= stepSize * mean / (Math.sqrt(square) + 1e-6);
        try (TFloat32 fed = TFloat32.scalarOf((float) rate)) {
          session.runner().feed(learningRate, fed).addTarget(step).run().close();
        }
        assertThat((double) model.read(session, "x")[0]).isCloseTo(expected, within(1e-5));
      }
      assertThat(model.read(session, "frozen")).containsExactly(3f);
    }
  }

  @Test
  void decaysOutsideTheirRangeAreRefused() {
    assertThatThrownBy(() -> new Adam(1, 0.999, 1e-7))
        .hasMessage("beta1 is 1.0, must be in [0, 1)");
    assertThatThrownBy(() -> new Adam(0.9, Double.NaN, 1e-7))
        .hasMessage("beta2 is NaN, must be in [0, 1)");
    assertThatThrownBy(() -> new Adam(0.9, 0.999, 0))
        .hasMessage("epsilon is 0.0, must be in (0, 1)");
  }
}
