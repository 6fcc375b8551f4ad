package org.hpo4j.tensorflow.optimizer;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hpo4j.tensorflow.layers.Variables;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Operation;
import org.tensorflow.Output;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * The gradients of a loss with respect to the trainable variables, and operations that wait for all
 * of them: a variable changes in place, and the gradients of earlier layers still read it.
 */
public final class LossGradients {
  private final Map<String, Output<TFloat32>> gradients = new LinkedHashMap<>();
  private final Ops gated;

  /** Adds the change of one variable to the graph. */
  @FunctionalInterface
  public interface Update {

    /**
     * Adds it.
     *
     * @param tf makes operations that wait for all gradients
     * @param name the variable's name
     * @param gradient of the variable's shape
     * @return the operation that changes the variable
     */
    Op add(Ops tf, String name, Operand<TFloat32> gradient);
  }

  private LossGradients(Graph graph, Operand<TFloat32> loss, Variables model) {
    List<String> names = model.trainableNames();
    if (names.isEmpty()) {
      throw new IllegalArgumentException(
          "no variable is trained: all are frozen, or none is there");
    }
    Output<?>[] outputs =
        graph.addGradients(
            loss.asOutput(),
            names.stream().map(name -> model.get(name).asOutput()).toArray(Output<?>[]::new));
    for (int i = 0; i < outputs.length; i++) {
      gradients.put(names.get(i), outputs[i].expect(TFloat32.class));
    }
    gated =
        Ops.create(graph)
            .withControlDependencyOps(
                gradients.values().stream().map(Output::op).toArray(Operation[]::new));
  }

  /**
   * Adds the gradients to the graph.
   *
   * @param graph the graph of the model
   * @param loss a scalar
   * @param model the variables of the model
   * @throws IllegalArgumentException if none of them is trained
   */
  public static LossGradients of(Graph graph, Operand<TFloat32> loss, Variables model) {
    return new LossGradients(graph, loss, model);
  }

  /** Returns the names of the trainable variables, in order. */
  public List<String> names() {
    return List.copyOf(gradients.keySet());
  }

  /**
   * Returns the gradient of a trainable variable, of its shape.
   *
   * @throws IllegalArgumentException if there is none of that name
   */
  public Operand<TFloat32> get(String name) {
    Output<TFloat32> gradient = gradients.get(name);
    if (gradient == null) {
      throw new IllegalArgumentException(
          "no trainable variable '" + name + "', there are " + gradients.keySet());
    }
    return gradient;
  }

  /** Adds one change for each variable. */
  public List<Op> updates(Update update) {
    List<Op> steps = new ArrayList<>();
    gradients.forEach((name, gradient) -> steps.add(update.add(gated, name, gradient)));
    return steps;
  }
}
