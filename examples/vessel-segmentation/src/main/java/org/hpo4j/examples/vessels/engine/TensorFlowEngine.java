package org.hpo4j.examples.vessels.engine;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hpo4j.examples.vessels.data.PatchBatch;
import org.hpo4j.examples.vessels.data.PatchSource;
import org.hpo4j.study.Objective;
import org.hpo4j.tensorflow.Batch;
import org.hpo4j.tensorflow.BatchSource;
import org.hpo4j.tensorflow.DeviceOptions;
import org.hpo4j.tensorflow.EpochListener;
import org.hpo4j.tensorflow.LearningRate;
import org.hpo4j.tensorflow.Network;
import org.hpo4j.tensorflow.NetworkSession;
import org.hpo4j.tensorflow.TensorData;
import org.hpo4j.tensorflow.TensorFlowObjective;
import org.hpo4j.tensorflow.layers.Activation;
import org.hpo4j.tensorflow.layers.SlopeLaw;
import org.hpo4j.tensorflow.loss.BinaryCrossEntropy;
import org.hpo4j.tensorflow.vision.UNet;
import org.hpo4j.trial.Trial;
import org.tensorflow.types.TFloat32;

/** Trains on TensorFlow. */
final class TensorFlowEngine implements Engine {
  private final DeviceOptions device;

  /**
   * Opens the engine.
   *
   * @param gpu number of the GPU; the CPU if none is given
   * @throws IllegalArgumentException if the engine can't use that GPU
   */
  TensorFlowEngine(Optional<Integer> gpu) {
    device = gpu.map(DeviceOptions::gpu).orElse(DeviceOptions.cpu());
    device.requirePresent();
  }

  @Override
  public Objective<IOException> objective(TrainingTask task) {
    return TensorFlowObjective.<TFloat32>builder(
            hp ->
                Network.<TFloat32>of(
                    network(task, task.plan().apply(hp))::layers, BinaryCrossEntropy.of(1)))
        .learningRate(
            LearningRate.inverseTime(task.settings().learningRate(), task.settings().decay()))
        .training(trial -> batches(task.training().apply(trial)))
        .validation(trial -> batches(task.validation().apply(trial)))
        .epochs(task.settings().epochs())
        .keepWeights(task.keepWeights())
        .device(device)
        .listener(
            new EpochListener() {
              @Override
              public void trainingEnded(Trial trial, NetworkSession<?> session) throws IOException {
                task.finished().accept(trial, new Trained(session));
              }
            })
        .build();
  }

  private static UNet network(TrainingTask task, NetworkPlan plan) {
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

  private static BatchSource<TFloat32> batches(PatchSource source) {
    return new BatchSource<>() {
      @Override
      public int batches() {
        return source.batches();
      }

      @Override
      public Batch<TFloat32> load(int epoch, int batch) {
        PatchBatch patches = source.load(epoch, batch);
        return new Batch<>(tensor(patches, patches.inputs()), tensor(patches, patches.vessels()));
      }
    };
  }

  /** With one channel, TensorFlow's order of axes needs no other order of values. */
  private static TensorData<TFloat32> tensor(PatchBatch patches, float[] values) {
    return TensorData.of(values, patches.count(), patches.size(), patches.size(), 1);
  }

  private record Trained(NetworkSession<?> session) implements TrainedNetwork {
    @Override
    public float[] probabilities(PatchBatch patches) {
      return Sigmoid.of(session.predict(tensor(patches, patches.inputs())));
    }

    @Override
    public Map<String, List<Double>> slopes() {
      Map<String, List<Double>> slopes = new LinkedHashMap<>();
      for (String name : session.names()) {
        if (Slopes.isSlope(name)) {
          slopes.put(Slopes.layer(name), Slopes.list(session.weights(name).floats()));
        }
      }
      return slopes;
    }

    @Override
    public long parameterCount() {
      return session.parameterCount();
    }
  }
}
