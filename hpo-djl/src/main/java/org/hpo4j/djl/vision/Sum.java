package org.hpo4j.djl.vision;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import java.io.DataInputStream;
import java.io.DataOutputStream;

/**
 * The sum of two arrays of one shape. It is a block so that a walk through the tree of blocks sees
 * that two inputs meet here.
 */
final class Sum extends AbstractBlock {

  @Override
  public Shape[] getOutputShapes(Shape[] inputShapes) {
    return new Shape[] {inputShapes[0]};
  }

  @Override
  protected NDList forwardInternal(
      ParameterStore store, NDList inputs, boolean training, PairList<String, Object> params) {
    return new NDList(inputs.get(0).add(inputs.get(1)));
  }

  /** Writes nothing, not even the header that DJL gives a block: networks are saved as without. */
  @Override
  public void saveParameters(DataOutputStream out) {}

  @Override
  public void loadParameters(NDManager manager, DataInputStream in) {}
}
