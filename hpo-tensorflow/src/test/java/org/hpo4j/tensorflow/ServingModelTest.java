package org.hpo4j.tensorflow;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.SplittableRandom;
import org.hpo4j.tensorflow.layers.Activation;
import org.hpo4j.tensorflow.loss.SparseCategoricalCrossEntropy;
import org.hpo4j.tensorflow.vision.UNet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

class ServingModelTest {
  private static final float[] IMAGES = images(2 * 8 * 12 * 3);

  private static float[] images(int size) {
    SplittableRandom random = new SplittableRandom(1);
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = (float) random.nextDouble();
    }
    return values;
  }

  @Test
  void tensorFlowAlonePredictsTheSame(@TempDir Path folder) throws IOException {
    float[] expected;
    try (NetworkSession<TInt32> session = open()) {
      session.train(batch(), 0.01);
      expected = session.predict(TensorData.of(IMAGES, 2, 8, 12, 3));
      session.export(folder);
    }
    assertThat(predicted(folder)).isEqualTo(expected);
  }

  @Test
  void anEarlierModelIsReplaced(@TempDir Path folder) throws IOException {
    try (NetworkSession<TInt32> session = open()) {
      session.export(folder);
      session.train(batch(), 0.01);
      session.export(folder);
      assertThat(predicted(folder)).isEqualTo(session.predict(TensorData.of(IMAGES, 2, 8, 12, 3)));
    }
  }

  /** A network with running averages, dropout and slopes of its own. */
  private static NetworkSession<TInt32> open() {
    UNet unet =
        UNet.builder(3, 2)
            .startFilters(2)
            .depth(2)
            .activation(Activation.prelu())
            .dropout(0.3)
            .build();
    return NetworkSession.open(
        Network.of(unet::layers, SparseCategoricalCrossEntropy.of(2)),
        batch(),
        name -> new SplittableRandom(name.hashCode()),
        DeviceOptions.cpu());
  }

  private static Batch<TInt32> batch() {
    int[] labels = new int[2 * 8 * 12];
    for (int i = 0; i < labels.length; i += 3) {
      labels[i] = 1;
    }
    return new Batch<>(TensorData.of(IMAGES, 2, 8, 12, 3), TensorData.of(labels, 2, 8, 12));
  }

  private static float[] predicted(Path folder) {
    try (SavedModelBundle model = SavedModelBundle.load(folder.toString());
        TFloat32 features =
            TFloat32.tensorOf(Shape.of(2, 8, 12, 3), DataBuffers.of(IMAGES, true, false));
        var result = model.call(Map.of("features", features))) {
      TFloat32 outputs = (TFloat32) result.get("outputs").orElseThrow();
      float[] values = new float[Math.toIntExact(outputs.size())];
      outputs.copyTo(DataBuffers.of(values, false, false));
      return values;
    }
  }
}
