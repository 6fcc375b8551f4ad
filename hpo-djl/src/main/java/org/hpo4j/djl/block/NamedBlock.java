package org.hpo4j.djl.block;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.nn.ParameterList;
import ai.djl.training.ParameterStore;
import ai.djl.util.Pair;

/**
 * A block whose parameters are named by their path, as {@code down0/conv0/kernel}.
 *
 * <p>DJL numbers children by the order of their adding ({@code 01Conv2d_weight}), so a layer that
 * is switched on renames all that follow. Here a child has the name that it was given, and {@link
 * #getParameters()} joins names by a slash. The networks of {@code hpo-tensorflow} have the same
 * names.
 */
public abstract class NamedBlock extends AbstractBlock {
  private static final byte VERSION = 1;

  protected NamedBlock() {
    super(VERSION);
  }

  /**
   * Adds a child and returns it.
   *
   * @param name its part of the path, without a slash; no other child has it
   */
  protected final <B extends Block> B child(String name, B block) {
    if (name.isEmpty() || name.contains("/")) {
      throw new IllegalArgumentException(
          "name of a block is '" + name + "', must be neither empty nor have a '/'");
    }
    if (children.contains(name)) {
      throw new IllegalArgumentException("there are two blocks '" + name + "'");
    }
    children.add(name, block);
    return block;
  }

  @Override
  public ParameterList getParameters() {
    ParameterList all = getDirectParameters();
    for (Pair<String, Block> child : getChildren()) {
      for (Pair<String, Parameter> parameter : child.getValue().getParameters()) {
        all.add(child.getKey() + "/" + parameter.getKey(), parameter.getValue());
      }
    }
    return all;
  }

  /** Returns a parameter's array on the device of an input. */
  static NDArray value(ParameterStore store, Parameter parameter, NDArray input, boolean training) {
    return store.getValue(parameter, input.getDevice(), training);
  }
}
