package org.hpo4j.tensorflow;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.hpo4j.tensorflow.layers.Variables;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.exceptions.TFInvalidArgumentException;
import org.tensorflow.exceptions.TFResourceExhaustedException;
import org.tensorflow.exceptions.TensorFlowException;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.train.Restore;
import org.tensorflow.op.train.Save;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TString;

/**
 * Saves and restores variables, such as those of a model, in TensorFlow's checkpoint format
 * (version 2), under the names that the layers gave them.
 *
 * <p>The engine's {@code Session.save} writes every variable of the graph, the optimizer's moments
 * too, which makes a file of Adam's three times the model's size and one that another optimizer
 * can't read.
 */
final class Checkpoint {
  private final Placeholder<TString> prefix;
  private final Save save;
  private final Op restore;

  /**
   * @param sets variables of different names
   */
  Checkpoint(Ops tf, Variables... sets) {
    List<String> names = new ArrayList<>();
    List<Operand<TFloat32>> operands = new ArrayList<>();
    for (Variables variables : sets) {
      for (String name : variables.names()) {
        names.add(name);
        operands.add(variables.get(name));
      }
    }
    Operand<TString> tensorNames = tf.array(names.toArray(String[]::new));
    Operand<TString> wholeTensors =
        tf.array(Collections.nCopies(names.size(), "").toArray(String[]::new));
    prefix = tf.withName("checkpoint_prefix").placeholder(TString.class);
    save = tf.train.save(prefix, tensorNames, wholeTensors, new ArrayList<>(operands));
    Restore restored =
        tf.train.restore(
            prefix, tensorNames, wholeTensors, Collections.nCopies(names.size(), TFloat32.class));
    List<Op> assigned = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      assigned.add(tf.assign(operands.get(i), restored.tensors().get(i).expect(TFloat32.class)));
    }
    restore = tf.withControlDependencies(assigned).noOp();
  }

  /** Returns the files that make up a checkpoint. */
  static List<Path> files(Path prefix) {
    return List.of(
        prefix.resolveSibling(prefix.getFileName() + ".index"),
        prefix.resolveSibling(prefix.getFileName() + ".data-00000-of-00001"));
  }

  void save(Session session, Path path) {
    run(session, path, save);
  }

  void restore(Session session, Path path) {
    for (Path file : files(path)) {
      if (!Files.isReadable(file)) {
        throw new IllegalArgumentException(
            "no weights at '"
                + path
                + "': the file '"
                + file
                + "' is missing or can't be read; give the path without '.index'");
      }
    }
    try {
      run(session, path, restore);
    } catch (TFResourceExhaustedException e) {
      // The weights may be right: it is memory that lacks.
      throw e;
    } catch (TensorFlowException | TFInvalidArgumentException e) {
      throw new IllegalArgumentException(
          "the weights at '%s' can't be used: they are cut off, garbled or of another network; give a checkpoint of a network with the same variables and shapes (the engine says: %s)"
              .formatted(path, firstLine(e)),
          e);
    }
  }

  /** The engine's messages go on with a list of nodes. */
  private static String firstLine(RuntimeException e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("nothing").strip();
  }

  private void run(Session session, Path path, Op target) {
    try (TString fed = TString.scalarOf(path.toAbsolutePath().toString())) {
      session.runner().feed(prefix, fed).addTarget(target).run().close();
    }
  }
}
