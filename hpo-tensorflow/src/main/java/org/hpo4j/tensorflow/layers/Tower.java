package org.hpo4j.tensorflow.layers;

import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt64;

/**
 * One copy of a network in a graph, for training or for inference.
 *
 * <p>Mode is a property of a tower rather than a fed value because it is an attribute of the batch
 * normalization operation, not an input of it.
 *
 * <p>Random layers, dropout for example, draw from {@link #randomSeed}, which depends on the
 * training's key, the number of the step and the layer's name alone: a training that stops and goes
 * on draws what it would have drawn.
 */
public final class Tower {
  private final Ops tf;
  private final Mode mode;
  private final Operand<TInt64> key;
  private final Operand<TInt64> step;
  private final List<Op> updates = new ArrayList<>();

  private Tower(Ops tf, Mode mode, Operand<TInt64> key, Operand<TInt64> step) {
    this.tf = tf;
    this.mode = mode;
    this.key = key;
    this.step = step;
  }

  /** Returns an empty tower in the graph of {@code tf} that draws the same in every step. */
  public static Tower of(Ops tf, Mode mode) {
    return of(tf, mode, tf.constant(0L), tf.constant(0L));
  }

  /**
   * Returns an empty tower in the graph of {@code tf}.
   *
   * @param key of all that the tower draws, a scalar: the same for the same training
   * @param step number of the step, a scalar
   */
  public static Tower of(Ops tf, Mode mode, Operand<TInt64> key, Operand<TInt64> step) {
    return new Tower(tf, mode, key, step);
  }

  /** Returns the operations of the tower's graph. */
  public Ops tf() {
    return tf;
  }

  /** Returns what the tower is for. */
  public Mode mode() {
    return mode;
  }

  /**
   * Returns a seed for the engine's stateless random operations, two integers.
   *
   * @param name of the layer that draws; another name gives other numbers
   */
  public Operand<TInt64> randomSeed(String name) {
    return tf.stack(List.of(tf.math.add(key, tf.constant(hash(name))), step));
  }

  /** FNV-1a: 64 bits, so that two layers of a network do not meet by accident. */
  private static long hash(String name) {
    long hash = 0xcbf29ce484222325L;
    for (int i = 0; i < name.length(); i++) {
      hash = (hash ^ name.charAt(i)) * 0x100000001b3L;
    }
    return hash;
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
