package org.hpo4j.tensorflow.vision;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;
import ai.djl.util.Pair;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.hpo4j.djl.vision.UNet;

/** A network of DJL's with all that can be compared of it. */
final class DjlNetwork implements AutoCloseable {
  private final NDManager manager = NDManager.newBaseManager();
  private final UNet network;
  private final Map<String, Parameter> parameters = new LinkedHashMap<>();

  DjlNetwork(UNet network, int channels, int size) {
    this.network = network;
    network.initialize(manager, DataType.FLOAT32, new Shape(1, channels, size, size));
    for (Pair<String, Parameter> parameter : network.getParameters()) {
      parameters.put(parameter.getKey(), parameter.getValue());
    }
  }

  Set<String> names() {
    return new TreeSet<>(parameters.keySet());
  }

  void set(String name, Values values) {
    NDArray array = parameter(name).getArray();
    if (!array.getShape().equals(new Shape(values.shape()))) {
      throw new IllegalArgumentException(name + " has another shape: " + array.getShape());
    }
    array.set(values.array());
  }

  private Parameter parameter(String name) {
    Parameter parameter = parameters.get(name);
    if (parameter == null) {
      throw new IllegalArgumentException("no parameter '" + name + "'");
    }
    return parameter;
  }

  /** Returns the same as {@link TensorFlowNetwork#run}, channels first. */
  Map<String, Values> run(Values input, Values outputFactors) {
    Map<String, Values> results = new LinkedHashMap<>();
    NDArray image = manager.create(input.array(), new Shape(input.shape()));
    image.setRequiresGradient(true);
    NDArray factors = manager.create(outputFactors.array(), new Shape(outputFactors.shape()));
    ParameterStore store = new ParameterStore(manager, false);
    results.put("inference", values(network.forward(store, new NDList(image), false).get(0)));
    try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
      NDArray output = network.forward(store, new NDList(image), true).get(0);
      results.put("training", values(output));
      collector.backward(output.mul(factors).sum());
    }
    parameters.forEach(
        (name, parameter) -> {
          if (parameter.requiresGradient()) {
            results.put("gradient of " + name, values(parameter.getArray().getGradient()));
          } else {
            results.put(name, values(parameter.getArray()));
          }
        });
    results.put("gradient of image", values(image.getGradient()));
    return results;
  }

  private static Values values(NDArray array) {
    return new Values(array.toFloatArray(), array.getShape().getShape());
  }

  @Override
  public void close() {
    manager.close();
  }
}
