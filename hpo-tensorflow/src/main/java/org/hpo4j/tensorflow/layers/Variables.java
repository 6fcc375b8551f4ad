package org.hpo4j.tensorflow.layers;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Assign;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat32;

/**
 * The variables of one graph, by name, with their first values.
 *
 * <p>Each variable has a random generator of its own, found by its name: adding a layer to a
 * network, or widening one, leaves the first weights of all the others as they were, so that two
 * configurations differ in nothing but what they say.
 */
public final class Variables {
  private final Ops tf;
  private final Function<String, RandomGenerator> randoms;
  private final Map<String, Entry> entries = new LinkedHashMap<>();

  private record Entry(
      Variable<TFloat32> variable,
      Shape shape,
      boolean trainable,
      Initializer initializer,
      Placeholder<TFloat32> value,
      Assign<TFloat32> assign) {
    Entry frozen() {
      return new Entry(variable, shape, false, initializer, value, assign);
    }
  }

  private Variables(Ops tf, Function<String, RandomGenerator> randoms) {
    this.tf = tf;
    this.randoms = randoms;
  }

  /**
   * Returns an empty set of variables.
   *
   * @param tf operations of the graph they belong to
   * @param randoms gives the generator of the first values for a variable's name
   */
  public static Variables of(Ops tf, Function<String, RandomGenerator> randoms) {
    return new Variables(tf, randoms);
  }

  /** Adds a variable that the optimizer changes. */
  public Operand<TFloat32> trainable(String name, Shape shape, Initializer initializer) {
    return add(name, shape, initializer, true);
  }

  /**
   * Adds a variable that belongs to the model but not to the optimizer, a moving average for
   * example.
   */
  public Operand<TFloat32> state(String name, Shape shape, Initializer initializer) {
    return add(name, shape, initializer, false);
  }

  private Operand<TFloat32> add(
      String name, Shape shape, Initializer initializer, boolean trainable) {
    if (shape.hasUnknownDimension() || shape.size() < 1 || shape.size() > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "variable '" + name + "' has shape " + shape + ", every dimension must be at least 1");
    }
    if (entries.containsKey(name)) {
      throw new IllegalArgumentException("variable '" + name + "' was already added");
    }
    // An operation's name takes no slash.
    String operation = name.replace('/', '_');
    Variable<TFloat32> variable = tf.withName(operation).variable(shape, TFloat32.class);
    Placeholder<TFloat32> value =
        tf.withName(operation + "_value").placeholder(TFloat32.class, Placeholder.shape(shape));
    Assign<TFloat32> assign = tf.withName(operation + "_assign").assign(variable, value);
    entries.put(name, new Entry(variable, shape, trainable, initializer, value, assign));
    return variable;
  }

  /**
   * Takes trainable variables from the optimizer. Call it before layers are applied: a batch
   * normalization whose scale is frozen uses and keeps its averages in training too.
   *
   * @param names which
   */
  public void freeze(Predicate<String> names) {
    entries.replaceAll((name, entry) -> names.test(name) ? entry.frozen() : entry);
  }

  /** Returns whether the optimizer changes a variable. */
  public boolean isTrainable(String name) {
    return entry(name).trainable;
  }

  /** Gives every variable its first value. */
  public void initialize(Session session) {
    // In one run: the engine prepares the whole graph anew for each new set of targets.
    Session.Runner runner = session.runner();
    List<TFloat32> tensors = new ArrayList<>();
    try {
      entries.forEach(
          (name, entry) -> {
            int size = Math.toIntExact(entry.shape.size());
            float[] values = entry.initializer.values(size, randoms.apply(name));
            TFloat32 tensor = TFloat32.tensorOf(entry.shape, DataBuffers.of(values, true, false));
            tensors.add(tensor);
            runner.feed(entry.value, tensor).addTarget(entry.assign);
          });
      if (!tensors.isEmpty()) {
        runner.run().close();
      }
    } finally {
      tensors.forEach(TFloat32::close);
    }
  }

  /**
   * Gives one variable new values.
   *
   * @param values as many as the variable has elements, in row-major order
   * @throws IllegalArgumentException if there is no such variable or the count differs
   */
  public void assign(Session session, String name, float[] values) {
    Entry entry = entry(name);
    if (values.length != entry.shape.size()) {
      throw new IllegalArgumentException(
          "variable '%s' of shape %s has %d elements, got %d values"
              .formatted(name, entry.shape, entry.shape.size(), values.length));
    }
    try (TFloat32 tensor = TFloat32.tensorOf(entry.shape, DataBuffers.of(values, true, false))) {
      session.runner().feed(entry.value, tensor).addTarget(entry.assign).run().close();
    }
  }

  /** Returns the current values of one variable, in row-major order. */
  public float[] read(Session session, String name) {
    Entry entry = entry(name);
    float[] values = new float[Math.toIntExact(entry.shape.size())];
    try (var result = session.runner().fetch(entry.variable).run()) {
      ((TFloat32) result.get(0)).copyTo(DataBuffers.of(values, false, false));
    }
    return values;
  }

  /** Returns the names in the order in which the variables were added. */
  public List<String> names() {
    return List.copyOf(entries.keySet());
  }

  /** Returns a variable's shape. */
  public Shape shape(String name) {
    return entry(name).shape;
  }

  /** Returns a variable. */
  public Operand<TFloat32> get(String name) {
    return entry(name).variable;
  }

  /**
   * Returns the names of the variables that the optimizer changes, in the order in which they were
   * added.
   */
  public List<String> trainableNames() {
    List<String> names = new ArrayList<>();
    entries.forEach(
        (name, entry) -> {
          if (entry.trainable) {
            names.add(name);
          }
        });
    return names;
  }

  /**
   * Returns the number of trainable parameters, the sum of the elements of all trainable variables.
   */
  public long parameterCount() {
    return trainableNames().stream().mapToLong(name -> entry(name).shape.size()).sum();
  }

  private Entry entry(String name) {
    Entry entry = entries.get(name);
    if (entry == null) {
      throw new IllegalArgumentException(
          "no variable '" + name + "', there are " + entries.keySet());
    }
    return entry;
  }
}
