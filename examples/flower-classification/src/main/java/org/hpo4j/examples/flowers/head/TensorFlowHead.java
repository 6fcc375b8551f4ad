package org.hpo4j.examples.flowers.head;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hpo4j.examples.flowers.data.Picture;
import org.hpo4j.math.KeyedRandom;
import org.hpo4j.study.Objective;
import org.hpo4j.tensorflow.Batch;
import org.hpo4j.tensorflow.BatchSource;
import org.hpo4j.tensorflow.DeviceOptions;
import org.hpo4j.tensorflow.Epoch;
import org.hpo4j.tensorflow.EpochListener;
import org.hpo4j.tensorflow.LearningRate;
import org.hpo4j.tensorflow.Network;
import org.hpo4j.tensorflow.NetworkSession;
import org.hpo4j.tensorflow.TensorData;
import org.hpo4j.tensorflow.TensorFlowObjective;
import org.hpo4j.tensorflow.layers.Dense;
import org.hpo4j.tensorflow.layers.Dropout;
import org.hpo4j.tensorflow.layers.Layers;
import org.hpo4j.tensorflow.loss.SparseCategoricalAccuracy;
import org.hpo4j.tensorflow.loss.SparseCategoricalCrossEntropy;
import org.hpo4j.trial.Direction;
import org.hpo4j.trial.Trial;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * The same head on TensorFlow. Its log-softmax is part of the loss.
 *
 * @param device where it is trained
 */
public record TensorFlowHead(DeviceOptions device) implements HeadEngine {
  private static final String INDEX = "weights.index";

  private static Network<TInt32> network(Head head, int features, int classes) {
    return Network.<TInt32>of(
            variables ->
                Dense.of(variables, "hidden", features, head.units())
                    .then(Layers.relu())
                    .then(new Dropout("dropout", head.dropout()))
                    .then(Dense.of(variables, "output", head.units(), classes)),
            SparseCategoricalCrossEntropy.of(classes))
        .withMetric("accuracy", SparseCategoricalAccuracy.ofDefaults());
  }

  @Override
  public Objective<IOException> objective(HeadData data, int epochs, WeightWatcher watcher) {
    return TensorFlowObjective.<TInt32>builder(
            hp -> network(Head.of(hp), data.size(), data.classes()))
        .monitor("accuracy", Direction.MAXIMIZE)
        .learningRate(hp -> LearningRate.constant(Head.of(hp).learningRate()))
        .training(
            trial ->
                source(data.training(Head.of(trial).batch(), trial.random("batches").nextLong())))
        .validation(source(data.evaluation(data.split().validation())))
        .epochs(epochs)
        .device(device)
        .keepWeights(true)
        .keepGradients(true)
        .listener(
            new EpochListener() {
              @Override
              public void epochEnded(Trial trial, Epoch epoch, NetworkSession<?> session) {
                watcher.epochEnded(
                    trial, epoch.number(), floats(session.weights()), floats(session.gradients()));
              }
            })
        .build();
  }

  private static Map<String, float[]> floats(Map<String, TensorData<TFloat32>> tensors) {
    Map<String, float[]> floats = new LinkedHashMap<>();
    tensors.forEach((name, data) -> floats.put(name, data.floats()));
    return floats;
  }

  private static BatchSource<TInt32> source(FeatureBatches batches) {
    return new BatchSource<>() {
      @Override
      public int batches() {
        return batches.batches();
      }

      @Override
      public Batch<TInt32> load(int epoch, int number) throws IOException {
        FeatureBatch batch = batches.load(epoch, number);
        return new Batch<>(
            TensorData.of(batch.features(), batch.examples(), batch.size()),
            TensorData.of(batch.labels(), batch.examples()));
      }
    };
  }

  @Override
  public String weightsFile() {
    return INDEX;
  }

  @Override
  public List<Integer> predict(HeadData data, Head head, Path weights, List<Picture> part)
      throws IOException {
    String name = weights.getFileName().toString();
    Path prefix = weights.resolveSibling(name.substring(0, name.lastIndexOf('.')));
    BatchSource<TInt32> source = source(data.evaluation(part));
    List<Integer> labels = new ArrayList<>();
    try (NetworkSession<TInt32> session =
        NetworkSession.open(
            network(head, data.size(), data.classes()),
            source.load(0, 0),
            variable -> KeyedRandom.of(0, 0, variable)::nextLong,
            device)) {
      session.restore(prefix);
      for (int i = 0; i < source.batches(); i++) {
        float[] outputs = session.predict(source.load(0, i).features());
        labels.addAll(Classes.mostProbable(outputs, data.classes()));
      }
    }
    return labels;
  }
}
