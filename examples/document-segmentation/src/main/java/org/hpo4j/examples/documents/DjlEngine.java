package org.hpo4j.examples.documents;

import ai.djl.Device;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import org.hpo4j.djl.ArrayData;
import org.hpo4j.djl.Batch;
import org.hpo4j.djl.BatchSource;
import org.hpo4j.djl.DjlModel;
import org.hpo4j.djl.DjlObjective;
import org.hpo4j.djl.LearningRate;
import org.hpo4j.djl.block.Activation;
import org.hpo4j.djl.loss.BinaryCrossEntropy;
import org.hpo4j.djl.metric.ConfusionScore;
import org.hpo4j.djl.metric.Score;
import org.hpo4j.djl.vision.UNet;
import org.hpo4j.examples.documents.data.Layout;
import org.hpo4j.examples.documents.data.ScanBatch;
import org.hpo4j.examples.documents.data.ScanBatches;
import org.hpo4j.examples.documents.data.Seeds;
import org.hpo4j.study.Objective;
import org.hpo4j.trial.Direction;

/** The study on DJL with PyTorch. */
final class DjlEngine implements Engine {
  private static final String WEIGHTS = "weights.safetensors";

  @Override
  public Layout layout() {
    return Layout.NCHW;
  }

  @Override
  public Objective<IOException> objective(Task task) {
    // The engine reads it once, when its library is loaded.
    System.setProperty("ai.djl.pytorch.num_threads", Integer.toString(task.threads()));
    int classes = task.classes();
    DjlObjective.Builder builder =
        DjlObjective.builder(hp -> network(task, task.profile().space().design(hp)))
            .loss(BinaryCrossEntropy.of(classes).withPositiveWeights(task.weights()))
            .metric(Task.OBJECTIVE, hp -> score(Score.F1, task))
            .metric(Task.PRECISION, hp -> score(Score.PRECISION, task))
            .metric(Task.RECALL, hp -> score(Score.RECALL, task))
            .metric(Task.IOU, hp -> score(Score.IOU, task))
            .training(source(task.training()))
            .validation(source(task.validation()))
            .learningRate(LearningRate.constant(task.profile().learningRate()))
            .epochs(task.profile().epochs())
            .monitor(Task.OBJECTIVE, Direction.MAXIMIZE)
            .device(device(task.gpu()))
            .keepWeights(true);
    task.pretrained().ifPresent(folder -> builder.initialWeights(folder.resolve(WEIGHTS)));
    return builder.build();
  }

  private static ConfusionScore score(Score score, Task task) {
    return ConfusionScore.ofMasks(score, task.classes()).micro();
  }

  private static UNet network(Task task, UNetDesign design) {
    return UNet.builder(3, task.classes())
        .startFilters(design.startNeurons())
        .depth(design.netDepth())
        .activation(activation(design))
        .batchNorm(
            design.batchNormBefore() ? UNet.BatchNormPlace.BEFORE : UNet.BatchNormPlace.AFTER)
        .batchNormMomentum(UNetDesign.BATCH_NORM_MOMENTUM)
        .dropout(design.dropoutRate())
        .build();
  }

  private static Activation activation(UNetDesign design) {
    return switch (design.activation()) {
      case MISH -> Activation.mish();
      case ELU -> Activation.elu();
      case LEAKY_RELU -> Activation.leakyRelu(UNetDesign.LEAKY_SLOPE);
    };
  }

  private static BatchSource source(ScanBatches batches) {
    return new BatchSource() {
      @Override
      public int batches() {
        return batches.batches();
      }

      @Override
      public Batch load(int epoch, int batch) {
        ScanBatch scans = batches.load(epoch, batch, Layout.NCHW);
        return Batch.of(
            images(scans),
            ArrayData.of(
                scans.masks(), scans.count(), scans.classes(), scans.height(), scans.width()));
      }
    };
  }

  private static ArrayData images(ScanBatch scans) {
    return ArrayData.of(scans.images(), scans.count(), 3, scans.height(), scans.width());
  }

  private static Device device(OptionalInt gpu) {
    return gpu.isPresent() ? Device.gpu(gpu.getAsInt()) : Device.cpu();
  }

  @Override
  public List<String> weightFiles() {
    return List.of(WEIGHTS);
  }

  @Override
  public Network open(Task task, UNetDesign design, Path folder) throws IOException {
    ScanBatch example = task.test(1).load(0, 0, Layout.NCHW);
    DjlModel model =
        DjlModel.open(
            network(task, design),
            name -> Seeds.generator(0, 0, name),
            device(task.gpu()),
            new Shape(1, 3, example.height(), example.width()));
    try {
      model.load(folder.resolve(WEIGHTS));
    } catch (IOException | RuntimeException e) {
      model.close();
      throw e;
    }
    return new Network() {
      @Override
      public float[] logits(ScanBatch batch) {
        return model.predict(images(batch)).floats();
      }

      @Override
      public void close() {
        model.close();
      }
    };
  }
}
