package org.hpo4j.examples.unet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.hpo4j.examples.unet.engine.TensorFlowEngine;
import org.hpo4j.examples.unet.engine.TrainedUNet;
import org.hpo4j.examples.unet.engine.UNetModel;
import org.hpo4j.examples.unet.model.NetworkFile;
import org.hpo4j.tensorflow.DeviceOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrialModelsTest {

  @Test
  void theBestTrialsModelIsKept(@TempDir Path folder) throws IOException {
    StringWriter err = new StringWriter();
    String[] arguments = {"--profile", "smoke", "--trials", "1", "--out", folder.toString()};
    int code =
        UnetStudy.execute(
            arguments, new PrintWriter(new StringWriter()), new PrintWriter(err, true));
    assertThat(code).as(err.toString()).isZero();
    Path trial = folder.resolve("artifacts/building-footprints/trial-0");
    TensorFlowEngine engine = new TensorFlowEngine(DeviceOptions.cpu());
    float[] colours = new float[32 * 32 * 3];
    for (int i = 0; i < colours.length; i++) {
      colours[i] = i % 5 / 2.5f - 1;
    }
    try (UNetModel model = engine.load(folder.resolve("model"));
        TrainedUNet rebuilt = engine.open(NetworkFile.read(trial.resolve(NetworkFile.NAME)), 0)) {
      rebuilt.restore(trial.resolve("weights"));
      assertThat(model.logits(colours, 32, 32))
          .containsExactly(rebuilt.logits(colours, 32, 32), within(1e-5f));
    }
  }
}
