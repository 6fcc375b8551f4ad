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
  void aResidualSumReadsTheBranchAndTheInputOfTheBlock() {
    List<GraphNode> nodes = resNet34();
    String stage = "backbone/stage0/";
    assertThat(inputs(nodes, stage + "block0/conv0")).containsExactly(stage + "pool");
    assertThat(inputs(nodes, stage + "block0/conv1")).containsExactly(stage + "block0/activation0");
    assertThat(inputs(nodes, stage + "block0/sum"))
        .containsExactlyInAnyOrder(stage + "block0/norm1", stage + "pool");
    assertThat(inputs(nodes, stage + "block0/activation1")).containsExactly(stage + "block0/sum");
    assertThat(inputs(nodes, stage + "block0/output"))
        .containsExactly(stage + "block0/activation1");
    assertThat(inputs(nodes, stage + "block1/sum"))
        .containsExactlyInAnyOrder(stage + "block1/norm1", stage + "block0/output");
  }

  @Test
  void aProjectedResidualSumReadsTheBranchAndTheShortcut() {
    List<GraphNode> nodes = resNet34();
    String block = "backbone/stage1/block0/";
    assertThat(inputs(nodes, block + "conv0")).containsExactly("backbone/stage0/block2/output");
    assertThat(inputs(nodes, block + "shortcut")).containsExactly("backbone/stage0/block2/output");
    assertThat(inputs(nodes, block + "sum"))
        .containsExactlyInAnyOrder(block + "norm1", block + "shortcut_norm");
    assertThat(inputs(nodes, block + "activation1")).containsExactly(block + "sum");
  }

  @Test
  void resNet34HasSixteenSumsOfTwo() {
    assertThat(resNet34())
        .filteredOn(node -> node.name().endsWith("/sum"))
        .hasSize(16)
        .allSatisfy(node -> assertThat(node.inputs()).hasSize(2).doesNotHaveDuplicates());
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
