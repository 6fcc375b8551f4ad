package org.hpo4j.tensorflow.layers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

class BatchNormTest {

  @Test
  void trainingMovesTheAveragesThatInferenceUses() {
    try (Graph graph = new Graph();
        Session session = new Session(graph)) {
      Ops tf = Ops.create(graph);
      Variables variables = Variables.of(tf, name -> new SplittableRandom(1));
      BatchNorm norm = BatchNorm.of(variables, "norm", 1, 0.5);
      // Mean 2, variance 4 (4/3 * 4 with Bessel's correction, as the engine gives it).
      Operand<TFloat32> input = tf.constant(new float[][][][] {{{{0}, {4}}, {{4}, {0}}}});
      Tower training = Tower.of(tf, Mode.TRAINING);
      norm.apply(training, input);
      Operand<TFloat32> inferred = norm.apply(Tower.of(tf, Mode.INFERENCE), input);
      variables.initialize(session);

      var runner = session.runner();
      training.updates().forEach(runner::addTarget);
      runner.run().close();

      float variance = (1 + 16f / 3) / 2;
      assertThat(variables.read(session, "norm/mean")).containsExactly(1f);
      assertThat(variables.read(session, "norm/variance")[0]).isCloseTo(variance, within(1e-5f));
      try (var result = session.runner().fetch(inferred).run()) {
        assertThat(((TFloat32) result.get(0)).getFloat(0, 0, 1, 0))
            .isCloseTo((float) (3 / Math.sqrt(variance + 1e-3)), within(1e-5f));
      }
    }
  }

  @Test
  void aFrozenOneUsesAndKeepsItsAveragesInTraining() {
    try (Graph graph = new Graph();
        Session session = new Session(graph)) {
      Ops tf = Ops.create(graph);
      Variables variables = Variables.of(tf, name -> new SplittableRandom(1));
      BatchNorm norm = BatchNorm.of(variables, "norm", 1, 0.5);
      variables.freeze(name -> name.startsWith("norm"));
      Tower training = Tower.of(tf, Mode.TRAINING);
      Operand<TFloat32> output =
          norm.apply(training, tf.constant(new float[][][][] {{{{0}, {4}}, {{4}, {0}}}}));
      variables.initialize(session);

      assertThat(training.updates()).isEmpty();
      try (var result = session.runner().fetch(output).run()) {
        assertThat(((TFloat32) result.get(0)).getFloat(0, 0, 1, 0))
            .isCloseTo((float) (4 / Math.sqrt(1 + 1e-3)), within(1e-5f));
      }
    }
  }

  @Test
  void momentumOfOneIsRefused() {
    try (Graph graph = new Graph()) {
      Variables variables = Variables.of(Ops.create(graph), name -> new SplittableRandom(1));
      assertThatThrownBy(() -> BatchNorm.of(variables, "norm", 1, 1))
          .hasMessage("momentum of 'norm' is 1.0, must be in [0, 1)");
    }
  }
}
