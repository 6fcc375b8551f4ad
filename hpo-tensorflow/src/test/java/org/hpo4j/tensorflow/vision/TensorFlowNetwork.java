package org.hpo4j.tensorflow.vision;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.hpo4j.tensorflow.layers.Layer;
import org.hpo4j.tensorflow.layers.Mode;
import org.hpo4j.tensorflow.layers.Tower;
import org.hpo4j.tensorflow.layers.Variables;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;

/** A network of TensorFlow's with all that can be compared of it. */
final class TensorFlowNetwork implements AutoCloseable {
  private final Graph graph = new Graph();
  private final Session session = new Session(graph);
  private final Variables variables;
  private final Placeholder<TFloat32> image;
  private final Placeholder<TFloat32> factors;
  private final Map<String, Operand<TFloat32>> fetched = new LinkedHashMap<>();
  private final Tower training;

  TensorFlowNetwork(UNet network, int channels) {
    Ops tf = Ops.create(graph);
    variables = Variables.of(tf, name -> new SplittableRandom(1));
    Shape images = Shape.of(-1, -1, -1, channels);
    image = tf.placeholder(TFloat32.class, Placeholder.shape(images));
    factors = tf.placeholder(TFloat32.class);
    Layer layers = network.layers(variables);
    training = Tower.of(tf, Mode.TRAINING);
    Operand<TFloat32> trained = layers.apply(training, image);
    fetched.put("inference", layers.apply(Tower.of(tf, Mode.INFERENCE), image));
    fetched.put("training", trained);
    Operand<TFloat32> sum =
        tf.reduceSum(
            tf.reshape(tf.math.mul(trained, factors), tf.constant(new int[] {-1})), tf.constant(0));
    List<String> names = new ArrayList<>(variables.trainableNames());
    List<Output<?>> points = new ArrayList<>();
    names.forEach(name -> points.add(variables.get(name).asOutput()));
    points.add(image.asOutput());
    names.add("image");
    Output<?>[] gradients = graph.addGradients(sum.asOutput(), points.toArray(Output<?>[]::new));
    for (int i = 0; i < gradients.length; i++) {
      fetched.put("gradient of " + names.get(i), gradients[i].expect(TFloat32.class));
    }
    variables.initialize(session);
  }

  List<String> names() {
    return variables.names();
  }

  long[] shape(String name) {
    return variables.shape(name).asArray();
  }

  void set(String name, Values values) {
    variables.assign(session, name, values.array());
  }

  /**
   * Returns outputs, and gradients of the sum of the training's outputs times factors, and then the
   * averages that a step in training leaves.
   */
  Map<String, Values> run(Values input, Values outputFactors) {
    Map<String, Values> results = new LinkedHashMap<>();
    try (TFloat32 x = tensor(input);
        TFloat32 w = tensor(outputFactors)) {
      var runner = session.runner().feed(image, x).feed(factors, w);
      fetched.values().forEach(runner::fetch);
      try (var result = runner.run()) {
        int i = 0;
        for (String name : fetched.keySet()) {
          results.put(name, values((TFloat32) result.get(i++)));
        }
      }
      var step = session.runner().feed(image, x);
      training.updates().forEach(step::addTarget);
      if (!training.updates().isEmpty()) {
        step.run().close();
      }
    }
    for (String name : names()) {
      if (!variables.isTrainable(name)) {
        results.put(name, new Values(variables.read(session, name), shape(name)));
      }
    }
    return results;
  }

  private static TFloat32 tensor(Values values) {
    return TFloat32.tensorOf(Shape.of(values.shape()), DataBuffers.of(values.array(), true, false));
  }

  private static Values values(TFloat32 tensor) {
    float[] array = new float[Math.toIntExact(tensor.size())];
    tensor.copyTo(DataBuffers.of(array, false, false));
    return new Values(array, tensor.shape().asArray());
  }

  @Override
  public void close() {
    session.close();
    graph.close();
  }
}
