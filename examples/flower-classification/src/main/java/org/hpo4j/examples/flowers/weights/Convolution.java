package org.hpo4j.examples.flowers.weights;

/** Kernel and bias of a convolution, as Keras lays them out. */
public final class Convolution {
  private final int area;
  private final int inputs;
  private final int outputs;
  private final float[] kernel;
  private final float[] bias;

  /**
   * Keeps the arrays, uncopied.
   *
   * @param area height times width of the kernel
   * @param inputs number of input channels
   * @param kernel of shape {@code [height, width, inputs, outputs]}, row-major
   * @param bias one for each output channel
   */
  Convolution(int area, int inputs, float[] kernel, float[] bias) {
    this.area = area;
    this.inputs = inputs;
    this.outputs = bias.length;
    this.kernel = kernel;
    this.bias = bias;
  }

  /** Returns the kernel in TensorFlow's order: height, width, inputs, outputs. */
  public float[] kernel() {
    return kernel;
  }

  /** Returns the bias, one for each output channel. */
  public float[] bias() {
    return bias;
  }

  /** Returns the kernel in DJL's order: outputs, inputs, height, width. */
  public float[] outputsFirst() {
    float[] turned = new float[kernel.length];
    for (int place = 0; place < area; place++) {
      for (int in = 0; in < inputs; in++) {
        for (int out = 0; out < outputs; out++) {
          turned[(out * inputs + in) * area + place] =
              kernel[(place * inputs + in) * outputs + out];
        }
      }
    }
    return turned;
  }
}
