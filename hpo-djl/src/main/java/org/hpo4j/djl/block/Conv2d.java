package org.hpo4j.djl.block;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import ai.djl.training.initializer.Initializer;
import ai.djl.util.PairList;
import org.jspecify.annotations.Nullable;

/**
 * A convolution of {@code [batch, channels, height, width]}, with stride and dilation.
 *
 * <p>Its parameters are {@code kernel}, {@code [filters, channels, size, size]}, and {@code bias},
 * {@code [filters]}. First kernels are normal draws by He et al. 2015, first biases zero.
 */
public final class Conv2d extends NamedBlock {
  private final int size;
  private final int filters;
  private final int stride;
  private final int dilation;
  private final int padding;
  private final Parameter kernel;
  private final @Nullable Parameter bias;

  private Conv2d(Builder builder) {
    size = builder.size;
    filters = builder.filters;
    stride = builder.stride;
    dilation = builder.dilation;
    padding = builder.same ? dilation * (size - 1) / 2 : 0;
    kernel =
        addParameter(
            Parameter.builder()
                .setName("kernel")
                .setType(Parameter.Type.WEIGHT)
                .optInitializer(Initializers.heNormal(builder.slope))
                .build());
    bias =
        builder.bias
            ? addParameter(
                Parameter.builder()
                    .setName("bias")
                    .setType(Parameter.Type.BIAS)
                    .optInitializer(Initializer.ZEROS)
                    .build())
            : null;
  }

  /**
   * Starts a convolution with bias, stride 1 and same padding.
   *
   * @param size height and width of the kernel, at least 1
   * @param filters number of output channels, at least 1
   */
  public static Builder builder(int size, int filters) {
    return new Builder(size, filters);
  }

  @Override
  public Shape[] getOutputShapes(Shape[] inputShapes) {
    Shape input = Images.require(inputShapes[0]);
    return new Shape[] {
      new Shape(input.get(0), filters, outputSize(input, 2), outputSize(input, 3))
    };
  }

  private long outputSize(Shape input, int axis) {
    long room = input.get(axis) + 2L * padding - (long) dilation * (size - 1) - 1;
    if (room < 0) {
      throw new IllegalArgumentException(
          Images.axis(axis)
              + " is "
              + input.get(axis)
              + ", must be at least "
              + (input.get(axis) - room)
              + " for a kernel of size "
              + size
              + (dilation > 1 ? " and dilation " + dilation : ""));
    }
    return room / stride + 1;
  }

  @Override
  protected void prepare(Shape[] inputShapes) {
    // Refuses an input that the kernel is too large for.
    getOutputShapes(inputShapes);
    long channels = inputShapes[0].get(1);
    kernel.setShape(new Shape(filters, channels, size, size));
    if (bias != null) {
      bias.setShape(new Shape(filters));
    }
  }

  @Override
  protected NDList forwardInternal(
      ParameterStore store, NDList inputs, boolean training, PairList<String, Object> params) {
    var x = inputs.singletonOrThrow();
    Shape strides = new Shape(stride, stride);
    Shape paddings = new Shape(padding, padding);
    Shape dilations = new Shape(dilation, dilation);
    var weight = value(store, kernel, x, training);
    return bias == null
        ? ai.djl.nn.convolutional.Conv2d.conv2d(x, weight, null, strides, paddings, dilations)
        : ai.djl.nn.convolutional.Conv2d.conv2d(
            x, weight, value(store, bias, x, training), strides, paddings, dilations);
  }

  /** Options of a convolution. */
  public static final class Builder {
    private final int size;
    private final int filters;
    private int stride = 1;
    private int dilation = 1;
    private boolean same = true;
    private boolean bias = true;
    private double slope;

    private Builder(int size, int filters) {
      this.size = Images.requirePositive("size", size);
      this.filters = Images.requirePositive("filters", filters);
    }

    /** Sets the step from one output to the next, at least 1. */
    public Builder stride(int stride) {
      this.stride = Images.requirePositive("stride", stride);
      return this;
    }

    /** Sets the distance between the inputs of neighbouring kernel entries, at least 1. */
    public Builder dilation(int dilation) {
      this.dilation = Images.requirePositive("dilation", dilation);
      return this;
    }

    /**
     * Leaves out the padding. Otherwise zeros are added, the same number on each side, so that an
     * output is as large as the input divided by the stride and rounded up. (TensorFlow's {@code
     * SAME} with stride 2 pads an even size on one side only.)
     */
    public Builder valid() {
      same = false;
      return this;
    }

    /** Leaves out the bias, as is usual before a batch normalization. */
    public Builder withoutBias() {
      bias = false;
      return this;
    }

    /**
     * Sets the slope on the negative side of the activation that follows, for the variance of first
     * kernels; 0, a ReLU, unless set.
     */
    public Builder followedBySlope(double slope) {
      if (!Double.isFinite(slope)) {
        throw new IllegalArgumentException("slope is " + slope + ", must be finite");
      }
      this.slope = slope;
      return this;
    }

    /** Returns the block. */
    public Conv2d build() {
      if (same && size % 2 == 0) {
        throw new IllegalArgumentException(
            "size is " + size + ", must be odd for padding that keeps height and width");
      }
      return new Conv2d(this);
    }
  }
}
