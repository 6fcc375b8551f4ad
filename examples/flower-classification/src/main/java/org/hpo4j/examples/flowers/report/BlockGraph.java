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
 * to its output. A child of several inputs reads what no other does, or else the first output of
 * the shape: a residual sum has the end of the branch and that of the shortcut, or where there is
 * none what the block itself reads.
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
      return add(
          path, operation(block), inputs.stream().map(Output::name).toList(), shape(block, inputs));
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
      Shape[] read = child.getValue().getInputShapes();
      List<Output> sources = read.length == 1 ? last(outputs, read[0]) : meeting(outputs, read);
      outputs.add(block(path + "/" + child.getKey(), child.getValue(), sources));
    }
    List<String> unread = outputs.stream().filter(this::isUnread).map(Output::name).toList();
    return add(path + "/output", operation(block), unread, shape(block, inputs));
  }

  private static List<Output> last(List<Output> outputs, Shape read) {
    return List.of(
        outputs.stream()
            .filter(output -> output.shape.equals(read))
            .reduce((first, last) -> last)
            .orElse(outputs.get(outputs.size() - 1)));
  }

  private List<Output> meeting(List<Output> outputs, Shape[] read) {
    List<Output> sources = new ArrayList<>();
    for (Shape shape : read) {
      List<Output> open =
          outputs.stream()
              .filter(output -> output.shape.equals(shape) && !sources.contains(output))
              .toList();
      open.stream()
          .filter(this::isUnread)
          .findFirst()
          .or(() -> open.stream().findFirst())
          .ifPresent(sources::add);
    }
    return sources;
  }

  private boolean isUnread(Output output) {
    return nodes.stream().noneMatch(node -> node.inputs().contains(output.name));
  }

  private Output add(String path, String operation, List<String> inputs, Shape shape) {
    nodes.add(new GraphNode(path, operation, inputs, Map.of()).withOutputShape(shape.getShape()));
    return new Output(path, shape);
  }

  private static Shape shape(Block block, List<Output> inputs) {
    return block.getOutputShapes(inputs.stream().map(Output::shape).toArray(Shape[]::new))[0];
  }

  private static String operation(Block block) {
    String name = block.getClass().getSimpleName();
    return name.isEmpty() ? "Block" : name;
  }
}
