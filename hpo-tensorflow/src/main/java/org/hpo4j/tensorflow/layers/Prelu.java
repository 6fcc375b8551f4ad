package org.hpo4j.tensorflow.layers;

import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;

/**
 * A leaky rectifier whose slopes are trained (He et al., "Delving deep into rectifiers", ICCV 2015,
 * section 2.1), from 0.25 as there.
 */
public final class Prelu implements Layer {
  private static final float FIRST_SLOPE = 0.25f;

  private final Operand<TFloat32> slopes;

  private Prelu(Operand<TFloat32> slopes) {
    this.slopes = slopes;
  }

  /**
   * Returns a rectifier.
   *
   * @param variables where its slopes go, as {@code name/slope}
   * @param slopes their number: that of the input's channels, or 1 for all of them
   */
  public static Prelu of(Variables variables, String name, int slopes) {
    return new Prelu(
        variables.trainable(name + "/slope", Shape.of(slopes), Initializer.constant(FIRST_SLOPE)));
  }

  @Override
  public Operand<TFloat32> apply(Tower tower, Operand<TFloat32> input) {
    return Slopes.rectify(tower.tf(), input, slopes);
  }
}
