package org.hpo4j.djl;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import ai.djl.training.evaluator.Evaluator;
import ai.djl.training.loss.Loss;
import ai.djl.util.Pair;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/**
 * One block with its weights on a device, ready to be trained, evaluated and saved.
 *
 * <p>Holds native memory until it is closed. Not for use by several threads at a time.
 *
 * <p>Parameters go by the names of {@link Block#getParameters()}, such as {@code 01Conv2d_weight}.
 */
public final class DjlModel implements AutoCloseable {
  private final Block block;
  private final NDManager manager;
  private final ParameterStore store;
  private final Map<String, Parameter> parameters = new LinkedHashMap<>();
  private final Staging staging = new Staging();
  private Map<String, ArrayData> gradients = Map.of();

  private DjlModel(Block block, NDManager manager) {
    this.block = block;
    this.manager = manager;
    this.store = new ParameterStore(manager, false);
  }

  /**
   * Gives a block its first weights. Parameters that have values already keep them.
   *
   * @param block what to run, from now on this model's own
   * @param randoms gives the generator of a parameter's first values for its name
   * @param device where to run
   * @param inputs shape of each of the block's inputs, first the number of examples, which may
   *     differ later
   * @throws IllegalArgumentException if the device is a GPU that the engine can't use, two
   *     parameters have one name, or one has values on another device
   */
  public static DjlModel open(
      Block block, Function<String, RandomGenerator> randoms, Device device, Shape... inputs) {
    requirePresent(device);
    NDManager manager = NDManager.newBaseManager(device);
    try {
      DjlModel model = new DjlModel(block, manager);
      model.initialize(randoms, inputs);
      return model;
    } catch (Throwable e) {
      manager.close();
      throw e;
    }
  }

  /**
   * Checks that the engine can use a device, before anything is begun on it.
   *
   * @throws IllegalArgumentException if it is a GPU that it can't use
   */
  public static void requirePresent(Device device) {
    Devices.requirePresent(device);
  }

  private void initialize(Function<String, RandomGenerator> randoms, Shape... inputs) {
    // A parameter that several layers share is initialized and trained once, under its first name.
    Set<Parameter> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    for (Pair<String, Parameter> pair : block.getParameters()) {
      Parameter parameter = pair.getValue();
      if (seen.add(parameter)) {
        if (parameters.put(pair.getKey(), parameter) != null) {
          throw new IllegalArgumentException(
              "the block has two parameters '" + pair.getKey() + "', names must differ");
        }
        parameter.setInitializer(
            new FirstWeights(parameter.getInitializer(), randoms.apply(pair.getKey())));
      }
    }
    block.initialize(manager, DataType.FLOAT32, inputs);
    for (Map.Entry<String, Parameter> entry : parameters.entrySet()) {
      Device its = entry.getValue().getArray().getDevice();
      if (!its.equals(manager.getDevice())) {
        throw new IllegalArgumentException(
            "'%s' has its values on %s, the model is for %s"
                .formatted(entry.getKey(), its, manager.getDevice()));
      }
    }
  }

  /** Returns the block. */
  public Block block() {
    return block;
  }

  /** Returns the manager that the weights belong to; sub-managers are the caller's. */
  public NDManager manager() {
    return manager;
  }

  /** Returns where the model runs. */
  public Device device() {
    return manager.getDevice();
  }

  /**
   * Returns the outputs of a block with one input and one output, with dropout off.
   *
   * @param input first dimension the examples
   */
  public ArrayData predict(ArrayData input) {
    List<ArrayData> outputs = predict(List.of(input));
    if (outputs.size() != 1) {
      throw new IllegalStateException(
          "the block has " + outputs.size() + " outputs: call predict(List)");
    }
    return outputs.get(0);
  }

  /** Returns a block's outputs, with dropout off. */
  public List<ArrayData> predict(List<ArrayData> inputs) {
    try (Inference inference = new Inference(this)) {
      NDList outputs = inference.forward(inputs);
      return outputs.stream().map(ArrayData::of).toList();
    }
  }

  /**
   * Returns loss and metrics over epoch 0 of a source. The loss is weighted by each batch's
   * examples; an evaluator adds up as it likes.
   *
   * @throws IOException if a batch can't be read
   */
  public Evaluation evaluate(BatchSource source, Loss loss, Map<String, Evaluator> metrics)
      throws IOException {
    EvaluationSum sum = new EvaluationSum("evaluation", loss, metrics);
    for (int i = 0; i < source.batches(); i++) {
      evaluate(source.load(0, i), sum);
    }
    return sum.mean();
  }

  void evaluate(Batch batch, EvaluationSum sum) {
    try (Inference inference = new Inference(this)) {
      NDList outputs = inference.forward(batch.features());
      sum.add(inference.labels(batch), outputs, batch.examples());
    }
  }

  /** Returns the names of all parameters, trained, frozen and running statistics, in order. */
  public List<String> names() {
    return List.copyOf(parameters.keySet());
  }

  /**
   * Returns a copy of a parameter's values.
   *
   * @throws IllegalArgumentException if there is none of that name
   */
  public ArrayData weights(String name) {
    return ArrayData.of(parameter(name).getArray());
  }

  /** Returns a copy of all parameters' values, by name, in order. */
  public Map<String, ArrayData> weights() {
    Map<String, ArrayData> weights = new LinkedHashMap<>();
    parameters.keySet().forEach(name -> weights.put(name, weights(name)));
    return weights;
  }

  /**
   * Sets a parameter's values.
   *
   * @throws IllegalArgumentException if there is none of that name, or it has another shape or type
   */
  public void setWeights(String name, ArrayData values) {
    Parameter parameter = parameter(name);
    NDArray array = parameter.getArray();
    if (!array.getShape().equals(values.shape()) || array.getDataType() != values.type()) {
      throw new IllegalArgumentException(
          "weights of '%s' are %s, must be %s%s"
              .formatted(
                  name,
                  values,
                  array.getDataType().name().toLowerCase(Locale.ROOT),
                  array.getShape()));
    }
    NDArray copy = Staging.copy(manager, values);
    NDScope.unregister(copy);
    array.intern(copy);
    array.setRequiresGradient(parameter.requiresGradient());
  }

  private Parameter parameter(String name) {
    Parameter parameter = parameters.get(name);
    if (parameter == null) {
      throw new IllegalArgumentException(
          "no parameter '" + name + "', there are " + parameters.keySet());
    }
    return parameter;
  }

  /**
   * Returns the gradients of the training's last step by parameter name, where it was asked to keep
   * them (see {@link DjlObjective.Builder#keepGradients}); else none.
   */
  public Map<String, ArrayData> gradients() {
    return gradients;
  }

  void keepGradients(Map<String, ArrayData> kept) {
    gradients = Map.copyOf(kept);
  }

  /**
   * Writes all parameters as a file in the safetensors format, under their names.
   *
   * @throws IOException if it can't be written
   */
  public void save(Path file) throws IOException {
    ArrayFile.write(file, weights());
  }

  /**
   * Reads the weights that {@link #save} wrote, or another program under the same names.
   *
   * @throws IllegalArgumentException if the file is missing, isn't in the format, or has not the
   *     names and shapes of this model's parameters; nothing has changed then
   * @throws IOException if it can't be read
   */
  public void load(Path file) throws IOException {
    Map<String, ArrayData> weights = ArrayFile.read(file);
    requireSame("'" + file + "'", weights);
    weights.forEach(this::setWeights);
  }

  /** Checks that weights are those of all parameters, with their shapes. */
  void requireSame(String where, Map<String, ArrayData> weights) {
    for (Map.Entry<String, Parameter> entry : parameters.entrySet()) {
      ArrayData values = weights.get(entry.getKey());
      NDArray own = entry.getValue().getArray();
      if (values == null
          || !values.shape().equals(own.getShape())
          || values.type() != own.getDataType()) {
        throw new IllegalArgumentException(
            "%s is of another network: '%s' is %s there, must be %s%s"
                .formatted(
                    where,
                    entry.getKey(),
                    values == null ? "missing" : values,
                    own.getDataType().name().toLowerCase(java.util.Locale.ROOT),
                    own.getShape()));
      }
    }
    for (String name : weights.keySet()) {
      if (!parameters.containsKey(name)) {
        throw new IllegalArgumentException(
            where + " is of another network: this one has no parameter '" + name + "'");
      }
    }
  }

  /**
   * Writes the model as DJL does, for {@link Model#load(Path, String)}.
   *
   * @param folder where to write {@code NAME-0000.params}
   * @throws IOException if it can't be written
   */
  public void export(Path folder, String name) throws IOException {
    try (Model model = Model.newInstance(name, device())) {
      model.setBlock(block);
      model.setProperty("Epoch", "0");
      model.save(folder, name);
    }
  }

  /** Returns the number of values that training changes. */
  public long parameterCount() {
    return trainable().values().stream().mapToLong(p -> p.getArray().size()).sum();
  }

  /** Returns the parameters that training changes, by name, in order. */
  Map<String, Parameter> trainable() {
    Map<String, Parameter> trainable = new LinkedHashMap<>(parameters);
    trainable.values().removeIf(parameter -> !parameter.requiresGradient());
    return trainable;
  }

  ParameterStore store() {
    return store;
  }

  Staging staging() {
    return staging;
  }

  @Override
  public void close() {
    block.clear();
    manager.close();
  }
}
