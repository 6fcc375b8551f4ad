package org.hpo4j.tensorflow.loss;

import java.util.function.Function;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** Runs a graph that needs nothing fed. */
final class Evaluated {
  private Evaluated() {}

  static double scalar(Function<Ops, Operand<TFloat32>> graph) {
    return run(graph, fetched -> new double[] {fetched.getFloat()})[0];
  }

  static double[] vector(Function<Ops, Operand<TFloat32>> graph) {
    return run(
        graph,
        fetched -> {
          double[] values = new double[Math.toIntExact(fetched.size())];
          for (int i = 0; i < values.length; i++) {
            values[i] = fetched.getFloat(i);
          }
          return values;
        });
  }

  private static double[] run(
      Function<Ops, Operand<TFloat32>> operand, Function<TFloat32, double[]> values) {
    try (Graph graph = new Graph();
        Session session = new Session(graph)) {
      Operand<TFloat32> built = operand.apply(Ops.create(graph));
      try (var result = session.runner().fetch(built).run()) {
        return values.apply((TFloat32) result.get(0));
      }
    }
  }
}
