package org.hpo4j.examples.unet.engine;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.types.TFloat32;

/** A SavedModel, run by TensorFlow alone: neither network nor adapter is needed. */
record ServedUNet(SavedModelBundle bundle) implements UNetModel {

  static ServedUNet load(Path folder) {
    if (!Files.exists(folder.resolve("saved_model.pb"))) {
      throw new IllegalArgumentException(
          "'" + folder + "' has no SavedModel: it must have a file saved_model.pb");
    }
    return new ServedUNet(SavedModelBundle.load(folder.toString()));
  }

  @Override
  public float[] logits(float[] colours, int height, int width) {
    try (TFloat32 features =
            TFloat32.tensorOf(Shape.of(1, height, width, 3), DataBuffers.of(colours, true, false));
        var result = bundle.call(Map.of("features", features))) {
      TFloat32 outputs = (TFloat32) result.get("outputs").orElseThrow();
      float[] logits = new float[Math.toIntExact(outputs.size())];
      outputs.copyTo(DataBuffers.of(logits, false, false));
      return logits;
    }
  }

  @Override
  public void close() {
    bundle.close();
  }
}
