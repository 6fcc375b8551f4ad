package org.hpo4j.djl;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Block;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;

/**
 * A block that training does not change: its parameters get no gradients, its running statistics
 * stay, and its dropout is off.
 *
 * <p>{@link Block#freezeParameters(boolean)} alone leaves a batch norm moving its statistics.
 */
public final class FrozenBlock extends AbstractBlock {
  private static final byte VERSION = 1;

  private final Block frozen;

  private FrozenBlock(Block frozen) {
    super(VERSION);
    this.frozen = addChildBlock(frozen.getClass().getSimpleName(), frozen);
    frozen.freezeParameters(true);
  }

  /** Freezes a block, whose weights may be there already or come with the first ones. */
  public static FrozenBlock of(Block block) {
    return new FrozenBlock(block);
  }

  @Override
  protected NDList forwardInternal(
      ParameterStore store, NDList inputs, boolean training, PairList<String, Object> options) {
    return frozen.forward(store, inputs, false, options);
  }

  @Override
  public Shape[] getOutputShapes(Shape[] inputs) {
    return frozen.getOutputShapes(inputs);
  }

  @Override
  protected void initializeChildBlocks(NDManager manager, DataType type, Shape... inputs) {
    frozen.initialize(manager, type, inputs);
  }
}
