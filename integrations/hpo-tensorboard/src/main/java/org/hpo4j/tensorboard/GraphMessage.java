package org.hpo4j.tensorboard;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A TensorFlow {@code GraphDef}, made of plain nodes. */
final class GraphMessage {

  /** The version of TensorFlow's graphs since 2015 that needs no others. */
  private static final int PRODUCER = 22;

  private GraphMessage() {}

  static Message of(List<GraphNode> nodes) {
    requireSound(nodes);
    Message graph = new Message();
    for (GraphNode node : nodes) {
      Message message =
          new Message().put(Fields.NODE_NAME, node.name()).put(Fields.NODE_OP, node.op());
      node.inputs().forEach(input -> message.put(Fields.NODE_INPUT, input));
      node.attributes()
          .forEach((key, value) -> message.putEntry(Fields.NODE_ATTR, key, attribute(key, value)));
      graph.put(Fields.GRAPH_NODE, message);
    }
    return graph.put(Fields.GRAPH_VERSIONS, new Message().put(Fields.VERSIONS_PRODUCER, PRODUCER));
  }

  private static void requireSound(List<GraphNode> nodes) {
    Set<String> names = new HashSet<>();
    for (GraphNode node : nodes) {
      if (!names.add(node.name())) {
        throw new IllegalArgumentException("two nodes are called '" + node.name() + "'");
      }
    }
    for (GraphNode node : nodes) {
      for (String input : node.inputs()) {
        if (!names.contains(input)) {
          throw new IllegalArgumentException(
              "node '" + node.name() + "': no node is called '" + input + "', its input");
        }
      }
    }
  }

  private static Message attribute(String key, Object value) {
    Message attribute = new Message();
    if (value instanceof long[] shape) {
      // TensorFlow lists one shape an output.
      return key.equals(GraphNode.OUTPUT_SHAPES)
          ? attribute.put(Fields.ATTR_LIST, new Message().put(Fields.ATTR_SHAPE, shape(shape)))
          : attribute.put(Fields.ATTR_SHAPE, shape(shape));
    }
    if (value instanceof Boolean flag) {
      return attribute.put(Fields.ATTR_BOOL, flag);
    }
    if (value instanceof Float || value instanceof Double) {
      return attribute.put(Fields.ATTR_FLOAT, ((Number) value).floatValue());
    }
    if (value instanceof Number number) {
      return attribute.put(Fields.ATTR_INT, number.longValue());
    }
    return attribute.put(Fields.ATTR_STRING, value.toString().getBytes(StandardCharsets.UTF_8));
  }

  private static Message shape(long[] sizes) {
    Message shape = new Message();
    for (long size : sizes) {
      shape.put(Fields.SHAPE_DIM, new Message().put(Fields.DIM_SIZE, size));
    }
    return shape;
  }
}
