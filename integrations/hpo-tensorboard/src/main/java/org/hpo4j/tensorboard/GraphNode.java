package org.hpo4j.tensorboard;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A node of a model's graph. TensorBoard folds nodes whose names share a prefix up to a slash, such
 * as {@code down0/conv0} and {@code down0/conv1}, into one box that opens.
 *
 * @param name unique in the graph; no leading {@code ^} or {@code _}
 * @param op what it does, such as {@code Conv2d}
 * @param inputs the names of the nodes whose outputs it takes, in order
 * @param attributes shown with the node: text, numbers, booleans, and {@code long[]} for a shape
 *     with -1 for an unknown size
 */
public record GraphNode(
    String name, String op, List<String> inputs, Map<String, Object> attributes) {

  /** The attribute whose shape TensorBoard writes on the edges that leave the node. */
  static final String OUTPUT_SHAPES = "_output_shapes";

  /**
   * Checks names and attributes and copies the collections.
   *
   * @throws IllegalArgumentException if a name is blank or an attribute of no such type
   */
  public GraphNode {
    if (name.isBlank() || name.startsWith("^") || name.startsWith("_")) {
      throw new IllegalArgumentException(
          "a node's name must not be blank or start with ^ or _; got '" + name + "'");
    }
    if (op.isBlank()) {
      throw new IllegalArgumentException("node '" + name + "': op must not be blank");
    }
    inputs = List.copyOf(inputs);
    Map<String, Object> copy = new LinkedHashMap<>();
    for (Map.Entry<String, Object> attribute : attributes.entrySet()) {
      copy.put(attribute.getKey(), checkedCopy(name, attribute.getKey(), attribute.getValue()));
    }
    attributes = java.util.Collections.unmodifiableMap(copy);
  }

  private static Object checkedCopy(String node, String key, Object value) {
    if (value instanceof long[] shape) {
      return shape.clone();
    }
    if (value instanceof String || value instanceof Boolean || value instanceof Number) {
      return value;
    }
    throw new IllegalArgumentException(
        "node '"
            + node
            + "': attribute '"
            + key
            + "' must be text, a number, a boolean or a shape (long[]); got "
            + value.getClass().getName());
  }

  /** A node without attributes. */
  public static GraphNode of(String name, String op, String... inputs) {
    return new GraphNode(name, op, List.of(inputs), Map.of());
  }

  /**
   * The same node with another attribute.
   *
   * @param value text, a number, a boolean, or a shape as {@code long[]}
   */
  public GraphNode with(String key, Object value) {
    Map<String, Object> more = new LinkedHashMap<>(attributes);
    more.put(key, value);
    return new GraphNode(name, op, inputs, more);
  }

  /** The same node with the shape of its output, which is written on the edges; -1 is unknown. */
  public GraphNode withOutputShape(long... shape) {
    return with(OUTPUT_SHAPES, shape);
  }
}
