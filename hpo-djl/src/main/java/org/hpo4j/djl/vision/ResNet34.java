package org.hpo4j.djl.vision;

import ai.djl.nn.Block;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hpo4j.djl.block.Blocks;
import org.hpo4j.djl.block.NamedSequence;

/** ResNet-34 (He et al., "Deep residual learning for image recognition", CVPR 2016, table 1). */
final class ResNet34 {
  /** How often the convolutional part halves height and width. */
  static final int HALVINGS = 5;

  private static final List<Integer> BLOCKS = List.of(3, 4, 6, 3);

  private ResNet34() {}

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
