package org.hpo4j.examples.flowers.head;

import ai.djl.Device;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.LambdaBlock;
import ai.djl.nn.core.Linear;
import ai.djl.training.evaluator.Accuracy;
import ai.djl.training.loss.Loss;
import ai.djl.training.loss.SoftmaxCrossEntropyLoss;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hpo4j.djl.ArrayData;
import org.hpo4j.djl.Batch;
import org.hpo4j.djl.BatchSource;
import org.hpo4j.djl.DjlModel;
import org.hpo4j.djl.DjlObjective;
import org.hpo4j.djl.Epoch;
import org.hpo4j.djl.EpochListener;
import org.hpo4j.djl.LearningRate;
import org.hpo4j.djl.block.Blocks;
import org.hpo4j.djl.block.NamedSequence;
import org.hpo4j.examples.flowers.data.Picture;
import org.hpo4j.math.KeyedRandom;
import org.hpo4j.study.Objective;
import org.hpo4j.trial.Direction;
import org.hpo4j.trial.Trial;

/**
 * The head on DJL.
 *
 * @param device where it is trained
 */
public record DjlHead(Device device) implements HeadEngine {
  private static final String WEIGHTS = "weights.safetensors";

  /** Returns the block, {@code [batch, features]} to log-probabilities {@code [batch, classes]}. */
  public static Block block(Head head, int classes) {
    return new NamedSequence()
        .add("hidden", Linear.builder().setUnits(head.units()).build())
        .add("relu", Activation.reluBlock())
        .add("dropout", Blocks.dropout(head.dropout()))
        .add("output", Linear.builder().setUnits(classes).build())
        .add(
            "log_softmax",
            new LambdaBlock(x -> new NDList(x.singletonOrThrow().logSoftmax(1)), "LogSoftmax"));
  }

  /** Returns the mean of {@code -log p} of the labels; outputs are log-probabilities already. */
  static Loss negativeLogLikelihood() {
    return new SoftmaxCrossEntropyLoss("negative_log_likelihood", 1, 1, true, false);
  }

  @Override
  public Objective<IOException> objective(HeadData data, int epochs, WeightWatcher watcher) {
    return DjlObjective.builder(hp -> block(Head.of(hp), data.classes()))
        .loss(negativeLogLikelihood())
        .metric("accuracy", hp -> new Accuracy())
        .trainingMetrics(true)
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
              public void epochEnded(Trial trial, Epoch epoch, DjlModel model) {
                watcher.epochEnded(
                    trial, epoch.number(), floats(model.weights()), floats(model.gradients()));
              }
            })
        .build();
  }

  private static Map<String, float[]> floats(Map<String, ArrayData> arrays) {
    Map<String, float[]> values = new LinkedHashMap<>();
    arrays.forEach((name, array) -> values.put(name, array.floats()));
    return values;
  }

  private static BatchSource source(FeatureBatches batches) {
    return new BatchSource() {
      @Override
      public int batches() {
        return batches.batches();
      }

      @Override
      public Batch load(int epoch, int number) throws IOException {
        FeatureBatch batch = batches.load(epoch, number);
        return Batch.of(
            ArrayData.of(batch.features(), batch.examples(), batch.size()),
            ArrayData.of(batch.labels(), batch.examples()));
      }
    };
  }

  @Override
  public String weightsFile() {
    return WEIGHTS;
  }

  @Override
  public List<Integer> predict(HeadData data, Head head, Path weights, List<Picture> part)
      throws IOException {
    List<Integer> labels = new ArrayList<>();
    try (DjlModel model =
        DjlModel.open(
            block(head, data.classes()),
            name -> KeyedRandom.of(0, 0, name)::nextLong,
            device,
            new Shape(1, data.size()))) {
      model.load(weights);
      BatchSource source = source(data.evaluation(part));
      for (int i = 0; i < source.batches(); i++) {
        float[] outputs = model.predict(source.load(0, i).features().get(0)).floats();
        labels.addAll(Classes.mostProbable(outputs, data.classes()));
      }
    }
    return labels;
  }
}
