package org.hpo4j.djl.block;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import java.io.DataInputStream;
import java.io.DataOutputStream;

/** Adds arrays of one shape. */
final class Sum extends AbstractBlock {

  @Override
  public Shape[] getOutputShapes(Shape[] inputShapes) {
    for (Shape shape : inputShapes) {
      if (!shape.equals(inputShapes[0])) {
        throw new IllegalArgumentException(
            "arrays to add have the shapes %s and %s, must have one"
                .formatted(inputShapes[0], shape));
      }
    }
    return new Shape[] {inputShapes[0]};
  }

  @Override
  protected NDList forwardInternal(
      ParameterStore store, NDList inputs, boolean training, PairList<String, Object> params) {
    return new NDList(NDArrays.add(inputs.toArray(NDArray[]::new)));
  }

  /** Writes nothing: files from before a network's sums were blocks of their own stay readable. */
  @Override
  public void saveParameters(DataOutputStream out) {}

  @Override
  public void loadParameters(NDManager manager, DataInputStream in) {}
}
