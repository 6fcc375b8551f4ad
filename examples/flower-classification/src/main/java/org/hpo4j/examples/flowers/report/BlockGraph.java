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
import java.util.Optional;
import org.hpo4j.djl.block.NamedSequence;
import org.hpo4j.tensorboard.GraphNode;

/**
 * A model's graph for TensorBoard from its tree of blocks, since DJL keeps no graph.
 *
 * <p>A sequence is a chain. Other blocks don't tell how their children are joined: a child is shown
 * as reading the last output before it that has the shape of its input, and what no child reads is
 * joined at the block's end. So a fire module's two convolutions both read the first, and both lead
 * to its output. A child of several inputs reads first what nothing has read, then what the block
 * itself reads: so a residual sum adds the end of its branch and that of its shortcut, or the
 * block's input where there is none.
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
        output = graph.block(block.getKey(), block.getValue(), List.of(output));
        block.getValue().clear();
      }
    }
    return graph.nodes;
  }

  private Output block(String path, Block block, List<Output> inputs) {
    if (block.getChildren().isEmpty()) {
      return add(path, operation(block), names(inputs), outputShape(block));
    }
    if (block instanceof NamedSequence || block instanceof SequentialBlock) {
      List<Output> outputs = inputs;
      for (Pair<String, Block> child : block.getChildren()) {
        outputs = List.of(block(path + "/" + child.getKey(), child.getValue(), outputs));
      }
      return outputs.get(0);
    }
    return joined(path, block, inputs);
  }

  private Output joined(String path, Block block, List<Output> inputs) {
    List<Output> outputs = new ArrayList<>(inputs);
    for (Pair<String, Block> child : block.getChildren()) {
      List<Output> read = sources(child.getValue().getInputShapes(), inputs, outputs);
      outputs.add(block(path + "/" + child.getKey(), child.getValue(), read));
    }
    return add(path + "/output", operation(block), names(unread(outputs)), outputShape(block));
  }

  /**
   * Guesses what a child reads.
   *
   * @param shapes of the child's inputs
   * @param inputs of the block that it belongs to
   * @param outputs those inputs and what the children before it have made
   */
  private List<Output> sources(Shape[] shapes, List<Output> inputs, List<Output> outputs) {
    if (shapes.length == 1) {
      return List.of(last(outputs, shapes[0]).orElse(outputs.get(outputs.size() - 1)));
    }
    List<Output> sources = new ArrayList<>();
    for (Shape shape : shapes) {
      List<Output> left = unread(outputs);
      left.removeAll(sources);
      sources.add(
          last(left, shape)
              .or(() -> last(inputs, shape))
              .or(() -> last(outputs, shape))
              .orElse(outputs.get(outputs.size() - 1)));
    }
    return sources;
  }

  private static Optional<Output> last(List<Output> outputs, Shape shape) {
    return outputs.stream()
        .filter(output -> output.shape.equals(shape))
        .reduce((first, second) -> second);
  }

  private List<Output> unread(List<Output> outputs) {
    return new ArrayList<>(
        outputs.stream()
            .filter(output -> nodes.stream().noneMatch(n -> n.inputs().contains(output.name)))
            .toList());
  }

  private static List<String> names(List<Output> outputs) {
    return outputs.stream().map(Output::name).toList();
  }

  private Output add(String path, String operation, List<String> inputs, Shape shape) {
    nodes.add(new GraphNode(path, operation, inputs, Map.of()).withOutputShape(shape.getShape()));
    return new Output(path, shape);
  }

  private static Shape outputShape(Block block) {
    return block.getOutputShapes(block.getInputShapes())[0];
  }

  private static String operation(Block block) {
    String name = block.getClass().getSimpleName();
    return name.isEmpty() ? "Block" : name;
  }
}
