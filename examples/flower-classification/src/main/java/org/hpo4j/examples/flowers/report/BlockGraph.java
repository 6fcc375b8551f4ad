package org.hpo4j.examples.flowers.report;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.SequentialBlock;
import ai.djl.util.Pair;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.hpo4j.djl.block.NamedSequence;
import org.hpo4j.tensorboard.GraphNode;

/**
 * A model's graph for TensorBoard from its tree of blocks, since DJL keeps no graph.
 *
 * <p>A sequence is a chain. Other blocks don't tell how their children are joined: a child is shown
 * as reading the last output before it that has the shape of its input, and what no child reads is
 * joined at the block's end. So a fire module's two convolutions both read the first, and both lead
 * to its output; a sum with the block's own input is not seen.
 */
public final class BlockGraph {
  private final List<GraphNode> nodes = new ArrayList<>();

  private BlockGraph() {}

  /** A node's name with the shape of what leaves it. */
  private record Output(String name, Shape shape) {}

  /**
   * Returns the nodes of blocks that follow each other. The blocks are initialized for that, and
   * cleared.
   *
   * @param blocks by name, in order; not initialized
   * @param input shape of what the first one reads, first the number of examples
   */
  public static List<GraphNode> of(Map<String, Block> blocks, Shape input) {
    BlockGraph graph = new BlockGraph();
    Output output = graph.add("input", "Input", List.of(), input);
    try (NDManager manager = NDManager.newBaseManager()) {
      for (Map.Entry<String, Block> block : blocks.entrySet()) {
        block.getValue().initialize(manager, DataType.FLOAT32, output.shape);
        output = graph.block(block.getKey(), block.getValue(), output);
        block.getValue().clear();
      }
    }
    return graph.nodes;
  }

  private Output block(String path, Block block, Output input) {
    if (block.getChildren().isEmpty()) {
      return add(path, operation(block), List.of(input.name), outputShape(block, input.shape));
    }
    if (block instanceof NamedSequence || block instanceof SequentialBlock) {
      Output output = input;
      for (Pair<String, Block> child : block.getChildren()) {
        output = block(path + "/" + child.getKey(), child.getValue(), output);
      }
      return output;
    }
    return joined(path, block, input);
  }

  private Output joined(String path, Block block, Output input) {
    List<Output> outputs = new ArrayList<>(List.of(input));
    for (Pair<String, Block> child : block.getChildren()) {
      Shape read = child.getValue().getInputShapes()[0];
      Output source =
          outputs.stream()
              .filter(output -> output.shape.equals(read))
              .reduce((first, last) -> last)
              .orElse(outputs.get(outputs.size() - 1));
      outputs.add(block(path + "/" + child.getKey(), child.getValue(), source));
    }
    List<String> unread =
        outputs.stream()
            .map(Output::name)
            .filter(name -> nodes.stream().noneMatch(node -> node.inputs().contains(name)))
            .toList();
    return add(path + "/output", operation(block), unread, outputShape(block, input.shape));
  }

  private Output add(String path, String operation, List<String> inputs, Shape shape) {
    nodes.add(new GraphNode(path, operation, inputs, Map.of()).withOutputShape(shape.getShape()));
    return new Output(path, shape);
  }

  private static Shape outputShape(Block block, Shape input) {
    return block.getOutputShapes(new Shape[] {input})[0];
  }

  private static String operation(Block block) {
    String name = block.getClass().getSimpleName();
    return name.isEmpty() ? "Block" : name;
  }
}
