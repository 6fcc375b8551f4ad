package org.hpo4j.tensorflow;

import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Function;
import org.hpo4j.tensorflow.layers.Layer;
import org.hpo4j.tensorflow.layers.Mode;
import org.hpo4j.tensorflow.layers.Tower;
import org.hpo4j.tensorflow.layers.Variables;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.Session;
import org.tensorflow.Signature;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;

/**
 * A network as TensorFlow's SavedModel: the graph of its predictions and its variables, without
 * what only training needs.
 */
final class ServingModel {
  private static final String FEATURES = "features";
  private static final String OUTPUTS = "outputs";

  private ServingModel() {}

  static void write(
      Path folder,
      Function<Variables, Layer> layers,
      Shape features,
      NetworkSession<?> trained,
      DeviceOptions device)
      throws IOException {
    try (Graph graph = new Graph()) {
      Ops tf = Ops.create(graph);
      Placeholder<TFloat32> input =
          tf.withName(FEATURES).placeholder(TFloat32.class, Placeholder.shape(features));
      Variables variables =
          Variables.of(
              tf,
              name -> {
                throw new IllegalStateException("'" + name + "' is copied, not drawn");
              });
      Layer network = layers.apply(variables);
      Operand<TFloat32> output =
          tf.withName(OUTPUTS).identity(network.apply(Tower.of(tf, Mode.INFERENCE), input));
      try (Session session = new Session(graph, device.toConfig())) {
        for (String name : variables.names()) {
          variables.assign(session, name, trained.weights(name).floats());
        }
        SavedModelBundle.exporter(folder.toString())
            .withSession(session)
            .withSignature(
                Signature.builder().input(FEATURES, input).output(OUTPUTS, output).build())
            .export();
      }
    }
  }
}
