package org.hpo4j.djl.vision;

import ai.djl.nn.Block;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hpo4j.djl.block.Activation;
import org.hpo4j.djl.block.Blocks;
import org.hpo4j.djl.block.NamedSequence;

/**
 * ResNet-34 (He et al., "Deep residual learning for image recognition", CVPR 2016, table 1) with
 * projections where the channels change (option B of section 4.1).
 *
 * <p>Input is {@code [batch, channels, height, width]}. Parameters are {@code stem/conv0/kernel},
 * {@code stem/norm0/scale}, {@code stage0/block0/conv0/kernel}, {@code
 * stage1/block0/shortcut/kernel}, {@code stage1/block0/shortcut_norm/scale}, {@code head/kernel}
 * and so on; convolutions have no bias.
 */
public final class ResNet34 {
  /** How often the convolutional part halves height and width. */
  static final int HALVINGS = 5;

  private static final int FILTERS = 64;
  private static final double MOMENTUM = 0.9;
  private static final List<Integer> BLOCKS = List.of(3, 4, 6, 3);

  private ResNet34() {}

  /**
   * Returns the whole network: {@code [batch, classes]} logits.
   *
   * @param classes number of outputs, at least 1; 1000 in the article
   */
  public static NamedSequence withClasses(int classes) {
    return withoutTop().add("pool", Blocks.globalAveragePool()).add("head", Blocks.dense(classes));
  }

  /**
   * Returns the convolutional part: 512 channels of height and width 1/32 of the input's, rounded
   * up.
   */
  public static NamedSequence withoutTop() {
    NamedSequence network = new NamedSequence();
    steps(FILTERS, new ConvStyle(Activation.relu(), UNet.BatchNormPlace.BEFORE, MOMENTUM, 0))
        .forEach(network::add);
    return network;
  }

  /**
   * Returns {@code stem} and {@code stage0} to {@code stage3}, each of which halves height and
   * width once.
   */
  static Map<String, Block> steps(int startFilters, ConvStyle style) {
    Map<String, Block> steps = new LinkedHashMap<>();
    steps.put(
        "stem",
        new NamedSequence()
            .add("conv0", Residual.convolution(7, startFilters, 2, style))
            .add("norm0", style.norm())
            .add("activation0", style.activation().block()));
    for (int stage = 0; stage < BLOCKS.size(); stage++) {
      NamedSequence blocks = new NamedSequence();
      if (stage == 0) {
        blocks.add("pool", Blocks.maxPool(3, 2, 1));
      }
      for (int i = 0; i < BLOCKS.get(stage); i++) {
        boolean smaller = stage > 0 && i == 0;
        blocks.add(
            "block" + i, new Residual(startFilters << stage, smaller ? 2 : 1, smaller, style));
      }
      steps.put("stage" + stage, blocks);
    }
    return steps;
  }
}
