package org.hpo4j.djl.vision;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.BinaryOperator;
import java.util.stream.IntStream;
import org.hpo4j.djl.block.Activation;
import org.hpo4j.djl.block.Blocks;
import org.hpo4j.djl.block.Conv2d;
import org.hpo4j.djl.block.NamedBlock;
import org.hpo4j.djl.block.NamedSequence;

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
 * <p>Input is {@code [batch, inputChannels, height, width]}, height and width multiples of {@link
 * #sizeMultiple}; output {@code [batch, classes, height, width]} logits.
 *
 * <p>Parameters are named by their place: {@code down0/conv0/kernel}, {@code down0/norm0/scale},
 * {@code down0/activation0/slope}, {@code bottom/conv1/bias}, {@code up0/transposed/kernel}, {@code
 * up0/conv0/kernel}, {@code head/kernel}; level 0 is the one of the image's size. {@code
 * hpo-tensorflow} has the same names. Its kernels, {@code [height, width, inputs, outputs]} (and
 * outputs before inputs where transposed), become these by the transposition (3, 2, 0, 1).
 */
public final class UNet extends NamedBlock {

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
     * {@link ResNet34} without its classifier, which fixes the depth at 5; its last stage is the
     * bottom. Filters are {@code startFilters}, 64 in the article, times 1, 1, 2, 4 and 8. Batch
     * normalization is where the article has it, before the activation, whatever is chosen for the
     * rest. There is nothing of the image's own size to join at level 0. Parameters are {@code
     * stem/conv0/kernel}, {@code stage0/block0/conv0/kernel} and so on.
     */
    RESNET34
  }

  private final ImageSizes sizes;
  private final List<Block> down = new ArrayList<>();
  private final List<Block> up = new ArrayList<>();
  private final Block head;

  private UNet(Builder options) {
    int depth = options.depth;
    sizes = new ImageSizes(options.inputChannels, depth);
    ConvStyle style =
        new ConvStyle(
            options.activation, options.batchNorm, options.batchNormMomentum, options.dropout);
    boolean plain = options.encoder == Encoder.PLAIN;
    if (plain) {
      for (int level = 0; level <= depth; level++) {
        int first = Dilations.of(options.dilations, level, 0);
        int second = Dilations.of(options.dilations, level, 1);
        NamedSequence block = new NamedSequence();
        if (level > 0) {
          block.add("pool", Blocks.maxPool(2, 2, 0));
        }
        style.layers(options.startFilters << level, first, second).forEach(block::add);
        down.add(child(level == depth ? "bottom" : "down" + level, block));
      }
    } else {
      ResNet34.steps(options.startFilters, style)
          .forEach((name, step) -> down.add(child(name, step)));
    }
    for (int level = depth - 1; level >= 0; level--) {
      int filters = options.startFilters << (plain ? level : Math.max(0, level - 2));
      up.add(child("up" + level, new UpLevel(filters, style)));
    }
    head = child("head", Conv2d.builder(1, options.classes).build());
  }

  /**
   * Starts a U-Net with 16 filters at the start, depth 4, ReLU, batch normalization before it, no
   * dropout, no dilation and the plain encoder.
   *
   * @param inputChannels channels of an image, at least 1
   * @param classes channels of the output, at least 1
   */
  public static Builder builder(int inputChannels, int classes) {
    return new Builder(inputChannels, classes);
  }

  /** Returns what height and width of an image must be multiples of. */
  public int sizeMultiple() {
    return sizes.multiple();
  }

  /**
   * Checks the size of images; the network refuses others too.
   *
   * @throws IllegalArgumentException if height or width can't be halved {@code depth} times
   */
  public void requireSize(long height, long width) {
    sizes.requireSize(height, width);
  }

  @Override
  public Shape[] getOutputShapes(Shape[] inputShapes) {
    return walk(
        inputShapes, Block::getOutputShapes, (shape, skip) -> new Shape[] {shape[0], skip[0]});
  }

  @Override
  protected void initializeChildBlocks(NDManager manager, DataType type, Shape... inputShapes) {
    sizes.requireImages(inputShapes[0]);
    walk(
        inputShapes,
        (block, shapes) -> {
          block.initialize(manager, type, shapes);
          return block.getOutputShapes(shapes);
        },
        (shape, skip) -> new Shape[] {shape[0], skip[0]});
  }

  @Override
  protected NDList forwardInternal(
      ParameterStore store, NDList inputs, boolean training, PairList<String, Object> params) {
    sizes.requireImages(inputs.singletonOrThrow().getShape());
    return walk(
        inputs,
        (block, arrays) -> block.forward(store, arrays, training),
        (array, skip) -> new NDList(array.singletonOrThrow(), skip.singletonOrThrow()));
  }

  /** Goes down and up with arrays or with their shapes. */
  private <T> T walk(T input, BiFunction<Block, T, T> apply, BinaryOperator<T> pair) {
    Deque<T> skips = new ArrayDeque<>();
    T x = input;
    for (Block step : down) {
      x = apply.apply(step, x);
      skips.push(x);
    }
    skips.pop();
    for (Block level : up) {
      x = apply.apply(level, skips.isEmpty() ? x : pair.apply(x, skips.pop()));
    }
    return apply.apply(head, x);
  }

  /** Options of a U-Net. */
  public static final class Builder {
    private static final int MAX_DEPTH = 8;
    private static final int MAX_START_FILTERS = 1024;

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

    /** Gives the first level so many filters, 1 to 1024; default 16. */
    public Builder startFilters(int filters) {
      if (filters < 1 || filters > MAX_START_FILTERS) {
        throw new IllegalArgumentException(
            "startFilters is " + filters + ", must be in [1, " + MAX_START_FILTERS + "]");
      }
      startFilters = filters;
      return this;
    }

    /** Halves the image so many times, 1 to 8; default 4. */
    public Builder depth(int levels) {
      if (levels < 1 || levels > MAX_DEPTH) {
        throw new IllegalArgumentException(
            "depth is " + levels + ", must be in [1, " + MAX_DEPTH + "]");
      }
      depth = levels;
      depthGiven = true;
      return this;
    }

    /** Follows each 3x3 convolution with one; default ReLU. */
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
     * Returns the network, without values until it is initialized.
     *
     * @throws IllegalArgumentException if the dilation rates grid, or options don't fit each other
     */
    public UNet build() {
      if (encoder == Encoder.RESNET34) {
        if (depthGiven && depth != ResNet34.HALVINGS) {
          throw new IllegalArgumentException(
              "depth is "
                  + depth
                  + ", must be "
                  + ResNet34.HALVINGS
                  + " with the encoder RESNET34");
        }
        depth = ResNet34.HALVINGS;
      }
      Dilations.require(dilations, depth, encoder);
      return new UNet(this);
    }

    private static int atLeastOne(String name, int value) {
      if (value < 1) {
        throw new IllegalArgumentException(name + " is " + value + ", must be at least 1");
      }
      return value;
    }
  }
}
