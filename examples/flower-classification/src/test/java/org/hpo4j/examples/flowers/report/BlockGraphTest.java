package org.hpo4j.examples.flowers.report;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hpo4j.djl.vision.ResNet34;
import org.hpo4j.djl.vision.SqueezeNet11;
import org.hpo4j.examples.flowers.head.DjlHead;
import org.hpo4j.examples.flowers.head.Head;
import org.hpo4j.tensorboard.GraphNode;
import org.junit.jupiter.api.Test;

class BlockGraphTest {

  @Test
  void aSequenceIsAChain() {
    List<GraphNode> nodes =
        BlockGraph.of(
            Map.of("head", DjlHead.block(new Head(0.001, 25, 256, 0.4), 4)), new Shape(1, 512));
    assertThat(nodes)
        .extracting(GraphNode::name)
        .containsExactly(
            "input", "head/hidden", "head/relu", "head/dropout", "head/output", "head/log_softmax");
    for (int i = 1; i < nodes.size(); i++) {
      assertThat(nodes.get(i).inputs()).containsExactly(nodes.get(i - 1).name());
    }
  }

  @Test
  void aFireModuleForksAndJoins() {
    Map<String, Block> blocks = new LinkedHashMap<>();
    blocks.put("backbone", SqueezeNet11.withoutTop());
    List<GraphNode> nodes = BlockGraph.of(blocks, new Shape(1, 3, 64, 64));
    assertThat(inputs(nodes, "backbone/fire2/expand1x1"))
        .containsExactly("backbone/fire2/squeeze1x1");
    assertThat(inputs(nodes, "backbone/fire2/expand3x3"))
        .containsExactly("backbone/fire2/squeeze1x1");
    assertThat(inputs(nodes, "backbone/fire2/output"))
        .containsExactly("backbone/fire2/expand1x1", "backbone/fire2/expand3x3");
    assertThat(inputs(nodes, "backbone/fire3/squeeze1x1")).containsExactly("backbone/fire2/output");
  }

  @Test
  void aResidualSumAddsTheBranchAndWhatTheBlockReads() {
    List<GraphNode> nodes = resNet34();
    assertThat(inputs(nodes, "backbone/stage0/block0/conv0"))
        .containsExactly("backbone/stage0/pool");
    assertThat(inputs(nodes, "backbone/stage0/block0/sum"))
        .containsExactly("backbone/stage0/block0/norm1", "backbone/stage0/pool");
    assertThat(inputs(nodes, "backbone/stage0/block0/activation1"))
        .containsExactly("backbone/stage0/block0/sum");
    assertThat(inputs(nodes, "backbone/stage0/block1/sum"))
        .containsExactly("backbone/stage0/block1/norm1", "backbone/stage0/block0/output");
  }

  @Test
  void aResidualSumAddsTheBranchAndItsProjectedShortcut() {
    List<GraphNode> nodes = resNet34();
    assertThat(inputs(nodes, "backbone/stage1/block0/shortcut"))
        .containsExactly("backbone/stage0/block2/output");
    assertThat(inputs(nodes, "backbone/stage1/block0/sum"))
        .containsExactlyInAnyOrder(
            "backbone/stage1/block0/norm1", "backbone/stage1/block0/shortcut_norm");
  }

  @Test
  void everyResidualBlockHasASumOfTwo() {
    assertThat(resNet34())
        .filteredOn(node -> node.name().endsWith("/sum"))
        .hasSize(3 + 4 + 6 + 3)
        .allSatisfy(node -> assertThat(node.inputs()).hasSize(2));
  }

  private static List<GraphNode> resNet34() {
    return BlockGraph.of(Map.of("backbone", ResNet34.withoutTop()), new Shape(1, 3, 64, 64));
  }

  private static List<String> inputs(List<GraphNode> nodes, String name) {
    return nodes.stream()
        .filter(node -> node.name().equals(name))
        .findFirst()
        .orElseThrow()
        .inputs();
  }
}
