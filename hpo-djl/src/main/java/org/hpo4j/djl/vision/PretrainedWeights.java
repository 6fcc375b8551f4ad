package org.hpo4j.djl.vision;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.training.initializer.Initializer;
import ai.djl.util.Pair;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** Gives blocks weights that were trained before. */
public final class PretrainedWeights {

  private PretrainedWeights() {}

  /**
   * Makes a source's values the first ones of a block's parameters: once the block is initialized,
   * it has them. If one can't be had, none is taken.
   *
   * @param block with parameters in this package's layout; not yet initialized
   * @param input a shape of the block's input, which tells those of its parameters
   * @param source is asked for each parameter, moving averages included
   * @throws IllegalArgumentException if the source lacks a parameter, or has one of another shape
   * @throws IllegalStateException if the block is initialized
   * @throws IOException if the source can't be read
   */
  public static void set(Block block, Shape input, WeightSource source) throws IOException {
    if (block.isInitialized()) {
      throw new IllegalStateException("the block is initialized, weights must be set before");
    }
    Map<Parameter, float[]> all = new LinkedHashMap<>();
    shapes(block, input);
    for (Pair<String, Parameter> parameter : block.getParameters()) {
      all.put(parameter.getValue(), values(parameter.getKey(), parameter.getValue(), source));
    }
    all.forEach((parameter, values) -> parameter.setInitializer(fixed(values)));
  }

  private static float[] values(String name, Parameter parameter, WeightSource source)
      throws IOException {
    Shape shape = parameter.getShape();
    Shape foreign = KernelLayout.foreign(shape);
    float[] values = source.values(name, foreign);
    if (values.length != shape.size()) {
      throw new IllegalArgumentException(
          "'%s' has %d values, must have %d, of shape %s"
              .formatted(name, values.length, shape.size(), foreign));
    }
    return KernelLayout.fromForeign(values, foreign);
  }

  /** Lets the parameters find their shapes, by zeros that are thrown away. */
  private static void shapes(Block block, Shape input) {
    Map<Parameter, Initializer> initializers = new LinkedHashMap<>();
    for (Parameter parameter : block.getParameters().values()) {
      initializers.put(parameter, parameter.getInitializer());
      parameter.setInitializer(Initializer.ZEROS);
    }
    try (NDManager manager = NDManager.newBaseManager()) {
      block.initialize(manager, DataType.FLOAT32, input);
    } finally {
      block.clear();
      initializers.forEach(Parameter::setInitializer);
    }
  }

  /** A copy: the engine shares the memory of a created array with a Java buffer. */
  private static Initializer fixed(float[] values) {
    return (manager, shape, type) -> {
      try (NDManager temporary = manager.newSubManager()) {
        NDArray copy = temporary.create(values, shape).toType(type, false).duplicate();
        copy.attach(manager);
        return copy;
      }
    };
  }
}
