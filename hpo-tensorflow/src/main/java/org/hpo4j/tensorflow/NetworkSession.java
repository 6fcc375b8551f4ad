package org.hpo4j.tensorflow;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.hpo4j.tensorflow.layers.Layer;
import org.hpo4j.tensorflow.layers.Mode;
import org.hpo4j.tensorflow.layers.Tower;
import org.hpo4j.tensorflow.layers.Variables;
import org.hpo4j.tensorflow.loss.Metric;
import org.hpo4j.tensorflow.optimizer.LossGradients;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.family.TType;

/**
 * One network in a graph and session of its own, with first weights, ready to be trained, evaluated
 * and saved.
 *
 * <p>Holds native memory until it is closed. Not for use by several threads at a time; several
 * sessions run side by side.
 *
 * @param <L> type of the labels
 */
public final class NetworkSession<L extends TType> implements AutoCloseable {
  private final Graph graph;
  private final Session session;
  private final Variables variables;
  private final Placeholder<TFloat32> features;
  private final Placeholder<L> labels;
  private final Placeholder<TFloat32> learningRate;
  private final Placeholder<TInt64> stepNumber;
  private final Op step;
  private final Operand<TFloat32> trainingLoss;
  private final LossGradients gradients;
  private final Operand<TFloat32> outputs;
  private final Operand<TFloat32> loss;
  private final Map<String, SummedMetric<L>> metrics = new LinkedHashMap<>();
  private final Checkpoint checkpoint;
  private final Checkpoint wholeState;
  private final Function<Variables, Layer> networkLayers;
  private final DeviceOptions device;
  private long nextStep;
  private Map<String, TensorData<TFloat32>> keptGradients = Map.of();

  private record SummedMetric<L extends TType>(Metric<L> metric, Operand<TFloat32> sums) {}

  /**
   * Builds a network and gives it its first weights.
   *
   * @param network what to build
   * @param example a batch of the shape that will be trained on; only the number of examples may
   *     differ later
   * @param randoms gives the generator of a variable's first weights for its name
   * @param device where to run
   * @throws IllegalArgumentException if the device is a GPU that the engine can't use
   */
  public static <L extends TType> NetworkSession<L> open(
      Network<L> network,
      Batch<L> example,
      Function<String, RandomGenerator> randoms,
      DeviceOptions device) {
    NativeLibrary.load();
    device.requirePresent();
    Graph graph = new Graph();
    try {
      return new NetworkSession<>(graph, network, example, randoms, device);
    } catch (Throwable e) {
      graph.close();
      throw e;
    }
  }

  private NetworkSession(
      Graph graph,
      Network<L> network,
      Batch<L> example,
      Function<String, RandomGenerator> randoms,
      DeviceOptions device) {
    this.graph = graph;
    this.networkLayers = network.layers();
    this.device = device;
    Ops tf = Ops.create(graph);
    features = tf.placeholder(TFloat32.class, Placeholder.shape(featureShape(example)));
    labels = tf.placeholder(example.labels().type());
    learningRate = tf.placeholder(TFloat32.class);
    stepNumber = tf.placeholder(TInt64.class, Placeholder.shape(Shape.scalar()));
    variables = Variables.of(tf, randoms);
    Layer layers = network.layers().apply(variables);
    variables.freeze(network.frozen());

    Variables optimizerState = Variables.of(tf, randoms);
    Tower training = Tower.of(tf, Mode.TRAINING, RandomKey.of(tf, optimizerState), stepNumber);
    trainingLoss = network.loss().mean(tf, layers.apply(training, features), labels);
    List<Op> updates = new ArrayList<>(training.updates());
    gradients = LossGradients.of(graph, trainingLoss, variables);
    updates.add(
        network.optimizer().minimize(graph, gradients, variables, optimizerState, learningRate));
    step = tf.withControlDependencies(updates).noOp();

    outputs = layers.apply(Tower.of(tf, Mode.INFERENCE), features);
    loss = network.loss().mean(tf, outputs, labels);
    network
        .metrics()
        .forEach(
            (name, metric) ->
                metrics.put(name, new SummedMetric<>(metric, metric.sums(tf, outputs, labels))));
    checkpoint = new Checkpoint(tf, variables);
    wholeState = new Checkpoint(tf, variables, optimizerState);

    session = new Session(graph, device.toConfig());
    try {
      variables.initialize(session);
      optimizerState.initialize(session);
    } catch (Throwable e) {
      session.close();
      throw e;
    }
  }

  /** Examples, height and width are open: layers know their channels alone. */
  private static Shape featureShape(Batch<?> example) {
    long[] dimensions = example.features().shape().asArray();
    Arrays.fill(dimensions, 0, dimensions.length - 1, Shape.UNKNOWN_SIZE);
    return Shape.of(dimensions);
  }

  /**
   * Makes the training step after the last one.
   *
   * @return the batch's loss before the step
   */
  public double train(Batch<L> batch, double rate) {
    return train(batch, rate, nextStep);
  }

  /**
   * Makes one training step.
   *
   * @param number of the step in the whole training, from 0, from which random layers draw
   * @return the batch's loss before the step
   */
  public double train(Batch<L> batch, double rate, long number) {
    return train(batch, rate, number, false);
  }

  /** The same; {@link #gradients} are this step's if they are kept. */
  double train(Batch<L> batch, double rate, long number, boolean keepGradients) {
    nextStep = number + 1;
    try (Tensor x = batch.features().toTensor();
        Tensor y = batch.labels().toTensor();
        TFloat32 fedRate = TFloat32.scalarOf((float) rate);
        TInt64 fedNumber = TInt64.scalarOf(number)) {
      Session.Runner runner =
          session
              .runner()
              .feed(features, x)
              .feed(labels, y)
              .feed(learningRate, fedRate)
              .feed(stepNumber, fedNumber)
              .fetch(trainingLoss)
              .addTarget(step);
      List<String> kept = keepGradients ? gradients.names() : List.of();
      kept.forEach(name -> runner.fetch(gradients.get(name)));
      try (var result = runner.run()) {
        if (keepGradients) {
          keepGradients(kept, result);
        }
        return ((TFloat32) result.get(0)).getFloat();
      }
    }
  }

  private void keepGradients(List<String> names, Result result) {
    Map<String, TensorData<TFloat32>> kept = new LinkedHashMap<>();
    for (int i = 0; i < names.size(); i++) {
      TFloat32 gradient = (TFloat32) result.get(i + 1);
      kept.put(names.get(i), TensorData.of(floats(gradient), gradient.shape().asArray()));
    }
    keptGradients = Collections.unmodifiableMap(kept);
  }

  private static float[] floats(TFloat32 tensor) {
    float[] values = new float[Math.toIntExact(tensor.size())];
    tensor.copyTo(DataBuffers.of(values, false, false));
    return values;
  }

  /** Returns loss and metrics of one batch, with the weights as they are. */
  public Evaluation evaluate(Batch<L> batch) {
    EvaluationSum sum = new EvaluationSum();
    evaluate(batch, sum);
    return sum.evaluation();
  }

  /** Adds one batch to an evaluation. */
  void evaluate(Batch<L> batch, EvaluationSum sum) {
    try (Tensor x = batch.features().toTensor();
        Tensor y = batch.labels().toTensor()) {
      var runner = session.runner().feed(features, x).feed(labels, y).fetch(loss);
      metrics.values().forEach(metric -> runner.fetch(metric.sums()));
      try (var result = runner.run()) {
        sum.addLoss(((TFloat32) result.get(0)).getFloat(), batch.examples());
        int i = 1;
        for (Map.Entry<String, SummedMetric<L>> metric : metrics.entrySet()) {
          sum.addMetric(metric.getKey(), metric.getValue().metric(), (TFloat32) result.get(i++));
        }
      }
    }
  }

  /**
   * Returns loss and metrics over epoch 0 of a source, the loss of each batch weighted by its
   * examples.
   *
   * @throws IOException if a batch can't be read
   */
  public Evaluation evaluate(BatchSource<L> source) throws IOException {
    EvaluationSum sum = new EvaluationSum();
    for (int i = 0; i < source.batches(); i++) {
      evaluate(source.load(0, i), sum);
    }
    return sum.evaluation();
  }

  /** Returns the network's outputs for some features, in row-major order. */
  public float[] predict(TensorData<TFloat32> input) {
    try (Tensor x = input.toTensor();
        var result = session.runner().feed(features, x).fetch(outputs).run()) {
      return floats((TFloat32) result.get(0));
    }
  }

  /** Returns the names of all variables, trained, frozen and averages, in order. */
  public List<String> names() {
    return variables.names();
  }

  /**
   * Returns a copy of a variable's values.
   *
   * @throws IllegalArgumentException if there is none of that name
   */
  public TensorData<TFloat32> weights(String name) {
    return TensorData.of(variables.read(session, name), variables.shape(name).asArray());
  }

  /** Returns a copy of all variables' values, by name, in order. */
  public Map<String, TensorData<TFloat32>> weights() {
    Map<String, TensorData<TFloat32>> all = new LinkedHashMap<>();
    names().forEach(name -> all.put(name, weights(name)));
    return all;
  }

  /**
   * Returns the loss's gradients in the last step that a training kept them of, by variable, where
   * it was asked to keep them (see {@link TensorFlowObjective.Builder#keepGradients}); else none.
   */
  public Map<String, TensorData<TFloat32>> gradients() {
    return keptGradients;
  }

  /**
   * Sets a variable's values.
   *
   * @throws IllegalArgumentException if there is none of that name, or it has another shape
   */
  public void setWeights(String name, TensorData<TFloat32> values) {
    Shape shape = variables.shape(name);
    if (!shape.equals(values.shape())) {
      throw new IllegalArgumentException(
          "variable '%s' has shape %s, got %s".formatted(name, shape, values.shape()));
    }
    variables.assign(session, name, values.floats());
  }

  /**
   * Writes the weights as a TensorFlow checkpoint.
   *
   * @param prefix path without the endings {@code .index} and {@code .data-00000-of-00001}
   * @return the files written
   */
  public List<Path> save(Path prefix) {
    checkpoint.save(session, prefix);
    return Checkpoint.files(prefix);
  }

  /**
   * Reads the weights that {@link #save} wrote.
   *
   * @param prefix path without the ending {@code .index}
   * @throws IllegalArgumentException if there is no checkpoint, or it is cut off, garbled or of a
   *     network with other variables or shapes; some weights may have been read then
   */
  public void restore(Path prefix) {
    checkpoint.restore(session, prefix);
  }

  /**
   * Writes the network with its weights as a TensorFlow SavedModel, which every program that runs
   * TensorFlow loads without this library. Its signature {@code serving_default} takes {@code
   * features}, of any number of examples, and returns {@code outputs} as {@link #predict} does.
   *
   * @param folder where to write {@code saved_model.pb} and {@code variables/}; an earlier model is
   *     replaced
   * @throws IOException if it can't be written
   */
  public void export(Path folder) throws IOException {
    ServingModel.write(folder, networkLayers, features.shape(), this, device);
  }

  /** Writes all that training changes: the weights and the optimizer's own variables. */
  List<Path> saveState(Path prefix) {
    wholeState.save(session, prefix);
    return Checkpoint.files(prefix);
  }

  /** Reads what {@link #saveState} wrote, so that training goes on as if it had not stopped. */
  void restoreState(Path prefix) {
    wholeState.restore(session, prefix);
  }

  /** Returns the number of trainable parameters. */
  public long parameterCount() {
    return variables.parameterCount();
  }

  @Override
  public void close() {
    try {
      session.close();
    } finally {
      graph.close();
    }
  }
}
