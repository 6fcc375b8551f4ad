package org.hpo4j.tensorflow.layers;

import java.util.ArrayList;
import java.util.List;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;

/**
 * One copy of a network in a graph, for training or for inference.
 *
 * <p>Mode is a property of a tower rather than a fed value because it is an attribute of the batch
 * normalization operation, not an input of it.
 */
public final class Tower {
  private final Ops tf;
  private final Mode mode;
  private final List<Op> updates = new ArrayList<>();

  private Tower(Ops tf, Mode mode) {
    this.tf = tf;
    this.mode = mode;
  }

  /** Returns an empty tower in the graph of {@code tf}. */
  public static Tower of(Ops tf, Mode mode) {
    return new Tower(tf, mode);
  }

  /** Returns the operations of the tower's graph. */
  public Ops tf() {
    return tf;
  }

  /** Returns what the tower is for. */
  public Mode mode() {
    return mode;
  }

  /** Makes {@code update} a part of every training step, next to the optimizer's. */
  public void addUpdate(Op update) {
    updates.add(update);
  }

  /** Returns the updates added so far, in order. */
  public List<Op> updates() {
    return List.copyOf(updates);
  }
}
