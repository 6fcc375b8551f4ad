package org.hpo4j.examples.documents;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import org.hpo4j.examples.documents.data.Layout;
import org.hpo4j.examples.documents.data.ScanBatch;
import org.hpo4j.examples.documents.data.ScanBatches;
import org.hpo4j.examples.documents.data.Seeds;
import org.hpo4j.study.Objective;
import org.hpo4j.tensorflow.Batch;
import org.hpo4j.tensorflow.BatchSource;
import org.hpo4j.tensorflow.DeviceOptions;
import org.hpo4j.tensorflow.LearningRate;
import org.hpo4j.tensorflow.NetworkSession;
import org.hpo4j.tensorflow.TensorData;
import org.hpo4j.tensorflow.TensorFlowObjective;
import org.hpo4j.tensorflow.layers.Activation;
import org.hpo4j.tensorflow.loss.BinaryCrossEntropy;
import org.hpo4j.tensorflow.loss.ConfusionScore;
import org.hpo4j.tensorflow.loss.Score;
import org.hpo4j.tensorflow.vision.UNet;
import org.hpo4j.trial.Direction;
import org.tensorflow.types.TFloat32;

/** The study on TensorFlow. */
final class TensorFlowEngine implements Engine {
  private static final String WEIGHTS = "weights";

  @Override
  public Layout layout() {
    return Layout.NHWC;
  }

  @Override
  public Objective<IOException> objective(Task task) {
    TensorFlowObjective.Builder<TFloat32> builder =
        TensorFlowObjective.<TFloat32>builder(
                hp -> network(task, task.profile().space().design(hp)))
            .training(source(task.training()))
            .validation(source(task.validation()))
            .learningRate(LearningRate.constant(task.profile().learningRate()))
            .epochs(task.profile().epochs())
            .monitor(Task.OBJECTIVE, Direction.MAXIMIZE)
            .device(device(task.gpu(), task.threads()))
            .keepWeights(true);
    task.pretrained().ifPresent(folder -> builder.initialWeights(folder.resolve(WEIGHTS)));
    return builder.build();
  }

  private static org.hpo4j.tensorflow.Network<TFloat32> network(Task task, UNetDesign design) {
    int classes = task.classes();
    UNet network =
        UNet.builder(3, classes)
            .startFilters(design.startNeurons())
            .depth(design.netDepth())
            .activation(activation(design))
            .batchNorm(
                design.batchNormBefore() ? UNet.BatchNormPlace.BEFORE : UNet.BatchNormPlace.AFTER)
            .batchNormMomentum(UNetDesign.BATCH_NORM_MOMENTUM)
            .dropout(design.dropoutRate())
            .build();
    return org.hpo4j.tensorflow.Network.of(
            network::layers, BinaryCrossEntropy.of(classes).withPositiveWeights(task.weights()))
        .withMetric(Task.OBJECTIVE, ConfusionScore.ofMasks(Score.F1, classes).micro())
        .withMetric(Task.PRECISION, ConfusionScore.ofMasks(Score.PRECISION, classes).micro())
        .withMetric(Task.RECALL, ConfusionScore.ofMasks(Score.RECALL, classes).micro())
        .withMetric(Task.IOU, ConfusionScore.ofMasks(Score.IOU, classes).micro());
  }

  private static Activation activation(UNetDesign design) {
    return switch (design.activation()) {
      case MISH -> Activation.mish();
      case ELU -> Activation.elu();
      case LEAKY_RELU -> Activation.leakyRelu(UNetDesign.LEAKY_SLOPE);
    };
  }

  private static BatchSource<TFloat32> source(ScanBatches batches) {
    return new BatchSource<>() {
      @Override
      public int batches() {
        return batches.batches();
      }

      @Override
      public Batch<TFloat32> load(int epoch, int batch) {
        return batch(batches.load(epoch, batch, Layout.NHWC));
      }
    };
  }

  private static Batch<TFloat32> batch(ScanBatch scans) {
    return new Batch<>(
        images(scans),
        TensorData.of(
            scans.masks(), scans.count(), scans.height(), scans.width(), scans.classes()));
  }

  private static TensorData<TFloat32> images(ScanBatch scans) {
    return TensorData.of(scans.images(), scans.count(), scans.height(), scans.width(), 3);
  }

  private static DeviceOptions device(OptionalInt gpu, int threads) {
    DeviceOptions options =
        gpu.isPresent() ? DeviceOptions.gpu(gpu.getAsInt()) : DeviceOptions.cpu();
    return options.withThreads(threads, threads);
  }

  @Override
  public List<String> weightFiles() {
    return List.of(WEIGHTS + ".index", WEIGHTS + ".data-00000-of-00001");
  }

  @Override
  public Network open(Task task, UNetDesign design, Path folder) throws IOException {
    NetworkSession<TFloat32> session =
        NetworkSession.open(
            network(task, design),
            batch(task.test(1).load(0, 0, Layout.NHWC)),
            name -> Seeds.generator(0, 0, name),
            device(task.gpu(), task.threads()));
    try {
      session.restore(folder.resolve(WEIGHTS));
    } catch (RuntimeException e) {
      session.close();
      throw e;
    }
    return new Network() {
      @Override
      public float[] logits(ScanBatch batch) {
        return session.predict(images(batch));
      }

      @Override
      public void close() {
        session.close();
      }
    };
  }
}
