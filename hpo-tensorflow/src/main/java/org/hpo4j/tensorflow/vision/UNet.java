package org.hpo4j.tensorflow.vision;

import java.util.List;
import java.util.stream.IntStream;
import org.hpo4j.tensorflow.layers.Activation;
import org.hpo4j.tensorflow.layers.Layer;
import org.hpo4j.tensorflow.layers.Variables;

/**
 * A U-Net (Ronneberger et al., "U-Net: convolutional networks for biomedical image segmentation",
 * MICCAI 2015) with padding, so that its output is as large as its input.
 *
 * <p>On its way down, {@code depth} blocks of two 3x3 convolutions, each followed by the
 * activation, and a 2x2 maximum pool after each block; the filters double with each level. A
 * further block at the bottom. On its way up, a 2x2 transposed convolution with stride 2 to the
 * filters of the level, joined behind the output of the block on the way down, and a block. A 1x1
 * convolution ends the network.
 *
 * <p>Input is {@code [batch, height, width, inputChannels]}, height and width multiples of {@link
 * #sizeMultiple}; output {@code [batch, height, width, classes]} logits. Variables are named by
 * their place: {@code down0/conv0/kernel}, {@code down0/norm0/scale}, {@code
 * down0/activation0/slope}, {@code bottom/conv1/bias}, {@code up0/transposed/kernel}, {@code
 * up0/conv0/kernel}, {@code head/kernel}.
 */
public final class UNet {

  /** Where batch normalization is. */
  public enum BatchNormPlace {
    /** Nowhere. */
    NONE,
    /** Between convolution and activation. */
    BEFORE,
    /** After the activation. */
    AFTER
  }

  /** The way down. */
  public enum Encoder {
    /** Blocks of two convolutions, as described above. */
    PLAIN,
    /**
     * ResNet-34 without its classifier (He et al., "Deep residual learning for image recognition",
     * CVPR 2016, table 1), which fixes the depth at 5: a 7x7 convolution with stride 2, a 3x3 pool
     * with stride 2, and 3, 4, 6 and 3 residual blocks, the last of which are the bottom. The
     * filters are {@code startFilters}, 64 in the article, times 1, 1, 2, 4 and 8. Batch
     * normalization is where the article has it, before the activation, whatever is chosen for the
     * rest.
     */
    RESNET34
  }

  private final UNetOptions options;

  private UNet(UNetOptions options) {
    this.options = options;
  }

  /**
   * Returns a builder of a U-Net with 16 filters at the start, depth 4, ReLU, batch normalization
   * before it, no dropout, no dilation and the plain encoder.
   *
   * @param inputChannels channels of an image, at least 1
   * @param classes channels of the output, at least 1
   */
  public static Builder builder(int inputChannels, int classes) {
    return new Builder(inputChannels, classes);
  }

  /** Adds the network's variables and returns its layers. */
  public Layer layers(Variables variables) {
    return UNetLayers.of(variables, options);
  }

  /** Returns what height and width of an image must be multiples of. */
  public int sizeMultiple() {
    return 1 << options.depth();
  }

  /**
   * Checks the size of images; a network whose graph meets others refuses them too.
   *
   * @throws IllegalArgumentException if height or width can't be halved {@code depth} times
   */
  public void requireSize(int height, int width) {
    requireMultiple("height", height);
    requireMultiple("width", width);
  }

  private void requireMultiple(String name, int value) {
    if (value < 1 || value % sizeMultiple() != 0) {
      throw new IllegalArgumentException(
          "%s is %d, must be a positive multiple of %d, since the network halves it %d times"
              .formatted(name, value, sizeMultiple(), options.depth()));
    }
  }

  /** Options of a U-Net. */
  public static final class Builder {
    private final int inputChannels;
    private final int classes;
    private int startFilters = 16;
    private int depth = 4;
    private boolean depthGiven;
    private Activation activation = Activation.relu();
    private BatchNormPlace batchNorm = BatchNormPlace.BEFORE;
    private double batchNormMomentum = 0.9;
    private double dropout;
    private List<Integer> dilations = List.of();
    private Encoder encoder = Encoder.PLAIN;

    private Builder(int inputChannels, int classes) {
      this.inputChannels = atLeastOne("inputChannels", inputChannels);
      this.classes = atLeastOne("classes", classes);
    }

    /** Gives the first level so many filters, at least 1; default 16. */
    public Builder startFilters(int filters) {
      startFilters = atLeastOne("startFilters", filters);
      return this;
    }

    /** Halves the image so many times, 1 to 8; default 4. */
    public Builder depth(int levels) {
      if (levels < 1 || levels > UNetOptions.MAX_DEPTH) {
        throw new IllegalArgumentException(
            "depth is " + levels + ", must be in [1, " + UNetOptions.MAX_DEPTH + "]");
      }
      depth = levels;
      depthGiven = true;
      return this;
    }

    /** Follows each 3x3 convolution; default ReLU. */
    public Builder activation(Activation function) {
      activation = function;
      return this;
    }

    /** Normalizes before or after each activation, or nowhere; default before. */
    public Builder batchNorm(BatchNormPlace place) {
      batchNorm = place;
      return this;
    }

    /** Weight of the past in the moving averages of batch normalization, in [0, 1); default 0.9. */
    public Builder batchNormMomentum(double momentum) {
      batchNormMomentum = momentum;
      return this;
    }

    /** Drops so large a part of each block's output in training, in [0, 1); default 0. */
    public Builder dropout(double rate) {
      if (!(rate >= 0 && rate < 1)) {
        throw new IllegalArgumentException("dropout is " + rate + ", must be in [0, 1)");
      }
      dropout = rate;
      return this;
    }

    /**
     * Dilates the convolutions on the way down.
     *
     * <p>A level's two convolutions follow each other at one resolution. Rates of theirs with a
     * common divisor above 1 are refused: pixels that are no multiple of it apart would not meet,
     * and the level's output would show the grid (Wang et al., "Understanding convolution for
     * semantic segmentation", WACV 2018, section 3.2). Between levels a pool joins neighbours, so
     * rates of different levels are free.
     *
     * @param rates two for each level from the top, the bottom last, so {@code 2 (depth + 1)}: of
     *     its first and its second convolution; each at least 1. {@code dilations(1, 2, 2, 3)} is
     *     for depth 1
     */
    public Builder dilations(int... rates) {
      dilations = IntStream.of(rates).boxed().toList();
      return this;
    }

    /** Chooses the way down; default plain. */
    public Builder encoder(Encoder kind) {
      encoder = kind;
      return this;
    }

    /**
     * Returns the network.
     *
     * @throws IllegalArgumentException if the dilation rates grid, or options don't fit each other
     */
    public UNet build() {
      if (encoder == Encoder.RESNET34) {
        if (depthGiven && depth != UNetOptions.RESNET_DEPTH) {
          throw new IllegalArgumentException(
              "depth is " + depth + ", must be 5 with the encoder RESNET34");
        }
        depth = UNetOptions.RESNET_DEPTH;
      }
      Dilations.require(dilations, depth, encoder);
      return new UNet(
          new UNetOptions(
              inputChannels,
              classes,
              startFilters,
              depth,
              activation,
              batchNorm,
              batchNormMomentum,
              dropout,
              dilations,
              encoder));
    }

    private static int atLeastOne(String name, int value) {
      if (value < 1) {
        throw new IllegalArgumentException(name + " is " + value + ", must be at least 1");
      }
      return value;
    }
  }
}
