package org.hpo4j.examples.vessels.engine;

import ai.djl.Device;
import ai.djl.nn.Block;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hpo4j.djl.ArrayData;
import org.hpo4j.djl.Batch;
import org.hpo4j.djl.BatchSource;
import org.hpo4j.djl.DjlModel;
import org.hpo4j.djl.DjlObjective;
import org.hpo4j.djl.EpochListener;
import org.hpo4j.djl.LearningRate;
import org.hpo4j.djl.block.Activation;
import org.hpo4j.djl.block.SlopeLaw;
import org.hpo4j.djl.loss.BinaryCrossEntropy;
import org.hpo4j.djl.optimizer.Adam;
import org.hpo4j.djl.vision.UNet;
import org.hpo4j.examples.vessels.data.PatchBatch;
import org.hpo4j.examples.vessels.data.PatchSource;
import org.hpo4j.study.Objective;
import org.hpo4j.trial.Trial;

/** Trains on DJL. */
final class DjlEngine implements Engine {
  private final Optional<Device> device;

  /**
   * Opens the engine.
   *
   * @param gpu number of the GPU; the CPU if none is given
   * @throws IllegalArgumentException if the engine can't use that GPU
   */
  DjlEngine(Optional<Integer> gpu) {
    if (gpu.isPresent()) {
      int count = ai.djl.engine.Engine.getInstance().getGpuCount();
      if (gpu.get() < 0 || gpu.get() >= count) {
        throw new IllegalArgumentException(
            "gpu is %d, must be one that the engine can use, and it has %d"
                .formatted(gpu.get(), count));
      }
    }
    device = gpu.map(Device::gpu);
  }

  @Override
  public Objective<IOException> objective(TrainingTask task) {
    DjlObjective.Builder builder =
        DjlObjective.builder(hp -> network(task, task.plan().apply(hp)))
            .loss(hp -> BinaryCrossEntropy.of(1))
            .optimizer(hp -> Adam.ofDefaults())
            .learningRate(
                LearningRate.inverseTime(task.settings().learningRate(), task.settings().decay()))
            .training(trial -> batches(task.training().apply(trial)))
            .validation(trial -> batches(task.validation().apply(trial)))
            .epochs(task.settings().epochs())
            .keepWeights(task.keepWeights())
            .listener(
                new EpochListener() {
                  @Override
                  public void trainingEnded(Trial trial, DjlModel model) throws IOException {
                    task.finished().accept(trial, new Trained(model));
                  }
                });
    device.ifPresent(builder::device);
    return builder.build();
  }

  private static Block network(TrainingTask task, NetworkPlan plan) {
    UNet.Builder builder =
        UNet.builder(1, 1)
            .activation(activation(plan.rectifier()))
            .batchNorm(UNet.BatchNormPlace.valueOf(plan.normalization().name()))
            .dropout(plan.dropout());
    return switch (plan.encoder()) {
      case PLAIN ->
          builder
              .startFilters(task.startFilters())
              .depth(task.depth())
              .dilations(plan.dilations().stream().mapToInt(Integer::intValue).toArray())
              .build();
      case RESNET34 ->
          builder.startFilters(task.residualFilters()).encoder(UNet.Encoder.RESNET34).build();
    };
  }

  private static Activation activation(Rectifier rectifier) {
    if (rectifier instanceof Rectifier.Leaky leaky) {
      return Activation.leakyRelu(leaky.slope());
    }
    if (rectifier instanceof Rectifier.Randomized randomized) {
      return Activation.randomizedLeakyRelu(
          switch (randomized.law()) {
            case UNIFORM -> SlopeLaw.uniform(Rectifier.SlopeLaw.LOWER, Rectifier.SlopeLaw.UPPER);
            case NORMAL -> SlopeLaw.normal(Rectifier.SlopeLaw.MEAN, Rectifier.SlopeLaw.DEVIATION);
          });
    }
    if (rectifier instanceof Rectifier.Parametric parametric) {
      return parametric.shared() ? Activation.sharedPrelu() : Activation.prelu();
    }
    return Activation.relu();
  }

  private static BatchSource batches(PatchSource source) {
    return new BatchSource() {
      @Override
      public int batches() {
        return source.batches();
      }

      @Override
      public Batch load(int epoch, int batch) {
        PatchBatch patches = source.load(epoch, batch);
        return Batch.of(array(patches, patches.inputs()), array(patches, patches.vessels()));
      }
    };
  }

  /** With one channel, DJL's order of axes needs no other order of values. */
  private static ArrayData array(PatchBatch patches, float[] values) {
    return ArrayData.of(values, patches.count(), 1, patches.size(), patches.size());
  }

  private record Trained(DjlModel model) implements TrainedNetwork {
    @Override
    public float[] probabilities(PatchBatch patches) {
      return Sigmoid.of(model.predict(array(patches, patches.inputs())).floats());
    }

    @Override
    public Map<String, List<Double>> slopes() {
      Map<String, List<Double>> slopes = new LinkedHashMap<>();
      for (String name : model.names()) {
        if (Slopes.isSlope(name)) {
          slopes.put(Slopes.layer(name), Slopes.list(model.weights(name).floats()));
        }
      }
      return slopes;
    }

    @Override
    public long parameterCount() {
      return model.parameterCount();
    }
  }
}
