package org.hpo4j.tensorflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.hpo4j.study.RunOptions;
import org.hpo4j.study.Study;
import org.hpo4j.tensorflow.optimizer.Sgd;
import org.hpo4j.trial.Trial;
import org.junit.jupiter.api.Test;
import org.tensorflow.types.TFloat32;

/** The gradients that a listener of a training sees. */
class KeptGradientsTest {
  private static final float RATE = 0.1f;

  private record Epochs(
      List<Map<String, TensorData<TFloat32>>> weights,
      List<Map<String, TensorData<TFloat32>>> gradients)
      implements EpochListener {
    @Override
    public void epochEnded(Trial trial, Epoch epoch, NetworkSession<?> session) {
      weights.add(session.weights());
      gradients.add(session.gradients());
    }
  }

  private static Epochs train(boolean keep) throws IOException {
    Epochs epochs = new Epochs(new ArrayList<>(), new ArrayList<>());
    Study study = Study.named("points").minimize("loss").seed(1).create();
    study.optimize(
        Points.objectiveOf(hp -> Points.network(Points::line).withOptimizer(Sgd.plain()))
            .training(Points.batches(1, 1))
            .learningRate(LearningRate.constant(RATE))
            .keepGradients(keep)
            .listener(epochs)
            .epochs(2)
            .build(),
        RunOptions.trials(1));
    return epochs;
  }

  private static float[] values(Map<String, TensorData<TFloat32>> tensors, String name) {
    return Objects.requireNonNull(tensors.get(name)).floats();
  }

  /** Gradient descent without momentum, one step an epoch: the weights fall by rate x gradient. */
  @Test
  void areThoseByWhichTheWeightsFell() throws IOException {
    Epochs epochs = train(true);

    Map<String, TensorData<TFloat32>> before = epochs.weights().get(0);
    Map<String, TensorData<TFloat32>> after = epochs.weights().get(1);
    Map<String, TensorData<TFloat32>> gradients = epochs.gradients().get(1);
    assertThat(gradients.keySet()).isEqualTo(before.keySet());
    for (String name : gradients.keySet()) {
      float[] gradient = values(gradients, name);
      for (int i = 0; i < gradient.length; i++) {
        float fall = values(before, name)[i] - values(after, name)[i];
        assertThat(fall).isCloseTo(RATE * gradient[i], within(1e-6f)).isNotZero();
      }
    }
  }

  @Test
  void areNotKeptUnlessAskedFor() throws IOException {
    assertThat(train(false).gradients()).allMatch(Map::isEmpty);
  }
}
