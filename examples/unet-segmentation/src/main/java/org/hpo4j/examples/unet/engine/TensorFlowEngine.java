package org.hpo4j.examples.unet.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import org.hpo4j.examples.unet.data.CropSource;
import org.hpo4j.examples.unet.data.Crops;
import org.hpo4j.examples.unet.data.Label;
import org.hpo4j.examples.unet.data.Seeds;
import org.hpo4j.examples.unet.model.UNet;
import org.hpo4j.study.Objective;
import org.hpo4j.study.Study;
import org.hpo4j.tensorflow.Batch;
import org.hpo4j.tensorflow.BatchSource;
import org.hpo4j.tensorflow.DeviceOptions;
import org.hpo4j.tensorflow.LearningRate;
import org.hpo4j.tensorflow.Network;
import org.hpo4j.tensorflow.NetworkSession;
import org.hpo4j.tensorflow.TensorData;
import org.hpo4j.tensorflow.TensorFlowObjective;
import org.hpo4j.tensorflow.Training;
import org.hpo4j.tensorflow.loss.SparseCategoricalCrossEntropy;
import org.hpo4j.trial.HyperParameters;
import org.hpo4j.trial.Trial;
import org.tensorflow.types.TInt32;

/** Trains on TensorFlow Java. */
public final class TensorFlowEngine implements Engine {
  /** The network takes images of any size; one is needed to build it. */
  private static final Batch<TInt32> EXAMPLE =
      batch(
          new Crops(
              new float[3 * UNet.SIZE_MULTIPLE * UNet.SIZE_MULTIPLE],
              new int[UNet.SIZE_MULTIPLE * UNet.SIZE_MULTIPLE],
              1,
              UNet.SIZE_MULTIPLE,
              UNet.SIZE_MULTIPLE));

  private final DeviceOptions device;

  /**
   * An engine on one device.
   *
   * @throws IllegalArgumentException if it is a GPU that TensorFlow can't use
   */
  public TensorFlowEngine(DeviceOptions device) {
    device.requirePresent();
    this.device = device;
  }

  @Override
  public Objective<IOException> objective(
      Function<HyperParameters, UNet> unet,
      Function<Trial, CropSource> training,
      CropSource validation,
      Schedule schedule) {
    return TensorFlowObjective.<TInt32>builder(hp -> network(unet.apply(hp)))
        .training(trial -> batches(training.apply(trial)))
        .validation(batches(validation))
        .learningRate(LearningRate.cosine(schedule.learningRate()))
        .epochs(schedule.epochs())
        .keepWeights(true)
        .device(device)
        .build();
  }

  @Override
  public TrainedUNet open(UNet unet, long seed) {
    return new Trained(
        NetworkSession.open(
            network(unet), EXAMPLE, name -> Seeds.generator(seed, 0, name), device));
  }

  @Override
  public UNetModel load(Path folder) {
    return ServedUNet.load(folder);
  }

  @Override
  public Optional<Path> keptWeights(Study study, int trial) {
    return study.artifact(trial, "weights.index").map(file -> file.resolveSibling("weights"));
  }

  @Override
  public boolean hasWeights(Path path) {
    return Files.exists(path.resolveSibling(path.getFileName() + ".index"));
  }

  private static Network<TInt32> network(UNet unet) {
    return Network.of(
        variables -> TensorFlowUNet.layers(unet, variables),
        SparseCategoricalCrossEntropy.of(Label.COUNT));
  }

  private static BatchSource<TInt32> batches(CropSource source) {
    return new BatchSource<>() {
      @Override
      public int batches() {
        return source.batches();
      }

      @Override
      public Batch<TInt32> load(int epoch, int batch) {
        return batch(source.load(epoch, batch));
      }
    };
  }

  private static Batch<TInt32> batch(Crops crops) {
    return new Batch<>(
        TensorData.of(crops.colours(), crops.count(), crops.height(), crops.width(), 3),
        TensorData.of(crops.labels(), crops.count(), crops.height(), crops.width()));
  }

  private record Trained(NetworkSession<TInt32> session) implements TrainedUNet {
    @Override
    public void train(
        CropSource training, CropSource validation, Schedule schedule, AfterEpoch listener)
        throws IOException {
      new Training<>(
              batches(training),
              batches(validation),
              LearningRate.cosine(schedule.learningRate()),
              schedule.epochs(),
              2)
          .run(
              session,
              epoch -> {
                listener.accept(epoch.number(), epoch.validation().loss());
                return true;
              });
    }

    @Override
    public double loss(CropSource source) throws IOException {
      return session.evaluate(batches(source)).loss();
    }

    @Override
    public float[] logits(float[] colours, int height, int width) {
      return session.predict(TensorData.of(colours, 1, height, width, 3));
    }

    @Override
    public float[] weights(String name) {
      return session.weights(name).floats();
    }

    @Override
    public void save(Path path) {
      session.save(path);
    }

    @Override
    public void restore(Path path) {
      session.restore(path);
    }

    @Override
    public void export(Path folder) throws IOException {
      session.export(folder);
    }

    @Override
    public void close() {
      session.close();
    }
  }
}
