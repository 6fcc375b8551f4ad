package org.hpo4j.examples.unet.engine;

import ai.djl.Device;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.loss.Loss;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import org.hpo4j.djl.ArrayData;
import org.hpo4j.djl.Batch;
import org.hpo4j.djl.BatchSource;
import org.hpo4j.djl.DjlModel;
import org.hpo4j.djl.DjlObjective;
import org.hpo4j.djl.LearningRate;
import org.hpo4j.djl.Training;
import org.hpo4j.djl.loss.SparseCategoricalCrossEntropy;
import org.hpo4j.examples.unet.data.CropSource;
import org.hpo4j.examples.unet.data.Crops;
import org.hpo4j.examples.unet.data.Label;
import org.hpo4j.examples.unet.data.Seeds;
import org.hpo4j.examples.unet.model.NetworkFile;
import org.hpo4j.examples.unet.model.UNet;
import org.hpo4j.study.Objective;
import org.hpo4j.study.Study;
import org.hpo4j.trial.HyperParameters;
import org.hpo4j.trial.Trial;

/** Trains on DJL with PyTorch. */
public final class DjlEngine implements Engine {
  private static final Shape EXAMPLE = new Shape(1, 3, UNet.SIZE_MULTIPLE, UNet.SIZE_MULTIPLE);

  private final Device device;

  /**
   * An engine on the CPU, or on a GPU.
   *
   * @throws IllegalArgumentException if it is a GPU that DJL can't use
   */
  public DjlEngine(OptionalInt gpu) {
    device = gpu.isPresent() ? Device.gpu(gpu.getAsInt()) : Device.cpu();
    DjlModel.requirePresent(device);
  }

  @Override
  public Objective<IOException> objective(
      Function<HyperParameters, UNet> unet,
      Function<Trial, CropSource> training,
      CropSource validation,
      Schedule schedule) {
    return DjlObjective.builder(hp -> new DjlUNet(unet.apply(hp)))
        .loss(loss())
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
        DjlModel.open(new DjlUNet(unet), name -> Seeds.generator(seed, 0, name), device, EXAMPLE),
        unet,
        seed);
  }

  @Override
  public UNetModel load(Path folder) throws IOException {
    return LoadedUNet.load(folder, device);
  }

  @Override
  public Optional<Path> keptWeights(Study study, int trial) {
    return study.artifact(trial, "weights.safetensors");
  }

  @Override
  public boolean hasWeights(Path path) {
    return Files.exists(path);
  }

  private static Loss loss() {
    return SparseCategoricalCrossEntropy.of(Label.COUNT);
  }

  private static BatchSource batches(CropSource source) {
    return new BatchSource() {
      @Override
      public int batches() {
        return source.batches();
      }

      @Override
      public Batch load(int epoch, int batch) {
        Crops crops = source.load(epoch, batch);
        return Batch.of(
            channelsFirst(crops.colours(), crops.count(), crops.height(), crops.width()),
            ArrayData.of(crops.labels(), crops.count(), crops.height(), crops.width()));
      }
    };
  }

  private static ArrayData channelsFirst(float[] colours, int count, int height, int width) {
    return ArrayData.of(Planes.byChannel(colours, height * width, 3), count, 3, height, width);
  }

  private record Trained(DjlModel model, UNet unet, long seed) implements TrainedUNet {
    @Override
    public void train(
        CropSource training, CropSource validation, Schedule schedule, AfterEpoch listener)
        throws IOException {
      Training.builder(batches(training), batches(validation), DjlEngine.loss())
          .learningRate(LearningRate.cosine(schedule.learningRate()))
          .epochs(schedule.epochs())
          .seed(seed)
          .build()
          .run(
              model,
              epoch -> {
                listener.accept(epoch.number(), epoch.validation().loss());
                return true;
              });
    }

    @Override
    public double loss(CropSource source) throws IOException {
      return model.evaluate(batches(source), DjlEngine.loss(), Map.of()).loss();
    }

    @Override
    public float[] logits(float[] colours, int height, int width) {
      float[] planes = model.predict(channelsFirst(colours, 1, height, width)).floats();
      return Planes.byPixel(planes, Label.COUNT);
    }

    @Override
    public float[] weights(String name) {
      return model.weights(name).floats();
    }

    @Override
    public void save(Path path) throws IOException {
      model.save(path);
    }

    @Override
    public void restore(Path path) throws IOException {
      model.load(path);
    }

    @Override
    public void export(Path folder) throws IOException {
      model.export(folder, LoadedUNet.NAME);
      NetworkFile.write(unet, folder.resolve(NetworkFile.NAME));
    }

    @Override
    public void close() {
      model.close();
    }
  }
}
