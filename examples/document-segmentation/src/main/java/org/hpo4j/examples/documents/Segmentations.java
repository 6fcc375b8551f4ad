package org.hpo4j.examples.documents;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.hpo4j.examples.documents.data.Scan;
import org.hpo4j.examples.documents.data.ScanBatch;
import org.hpo4j.examples.documents.data.ScanBatches;
import org.hpo4j.examples.documents.report.MaskScore;
import org.hpo4j.examples.documents.report.Prediction;

/** Trained networks at work on the test scans. */
final class Segmentations {
  private Segmentations() {}

  static MaskScore score(Engine engine, Task task, UNetDesign design, Path weights)
      throws IOException {
    MaskScore score = new MaskScore(task.classes());
    List<Prediction> predictions = predict(engine, task, design, weights, task.test());
    List<Scan> scans = task.scans().test();
    for (int i = 0; i < scans.size(); i++) {
      score.add(scans.get(i), predictions.get(i));
    }
    return score;
  }

  /** Returns a prediction for each scan of some batches, in their order. */
  static List<Prediction> predict(
      Engine engine, Task task, UNetDesign design, Path weights, ScanBatches batches)
      throws IOException {
    List<Prediction> predictions = new ArrayList<>();
    try (Engine.Network network = engine.open(task, design, weights)) {
      for (int i = 0; i < batches.batches(); i++) {
        ScanBatch batch = batches.load(0, i, engine.layout());
        float[] logits = network.logits(batch);
        for (int image = 0; image < batch.count(); image++) {
          predictions.add(new Prediction(batch, logits, image, task.classes()));
        }
      }
    }
    return predictions;
  }
}
