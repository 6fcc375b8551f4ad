package org.hpo4j.benchmarks.lcbench;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.hpo4j.json.Json;

/**
 * The surrogate of LCBench in YAHPO Gym: a network that predicts what a training of a multilayer
 * perceptron on a data set of OpenML comes to after some epochs. The model is read from a folder
 * with {@code model.onnx} and {@code encoding.json}; it is not part of this project.
 *
 * <p>Sources: Zimmer, Lindauer and Hutter, "Auto-PyTorch Tabular", IEEE TPAMI 43 (2021), for the
 * trainings; Pfisterer, Schneider, Moosbauer, Binder and Bischl, "YAHPO Gym", AutoML 2022, for the
 * surrogate.
 */
public final class LcBench implements AutoCloseable {

  /** The environment variable that names the folder. */
  public static final String VARIABLE = "HPO4J_LCBENCH";

  /** A whole training. */
  public static final int EPOCHS = 52;

  /** What the surrogate is told of a training beside task and epoch, in its order. */
  static final int INPUTS = 7;

  private static final int VALIDATION_ACCURACY = 1;

  private final OrtEnvironment environment;
  private final OrtSession session;
  private final Map<?, ?> tasks;

  private LcBench(OrtEnvironment environment, OrtSession session, Map<?, ?> tasks) {
    this.environment = environment;
    this.session = session;
    this.tasks = tasks;
  }

  /** Opens the folder that {@link #VARIABLE} names; empty if it names none. */
  public static Optional<Path> folder() {
    return Optional.ofNullable(System.getenv(VARIABLE)).map(Path::of);
  }

  /**
   * Opens the model in a folder.
   *
   * @throws IOException if it is not there or cannot be read
   */
  public static LcBench open(Path folder) throws IOException {
    Map<?, ?> encoding =
        (Map<?, ?>) Json.parse(Files.readString(folder.resolve("encoding.json"))).orElseThrow();
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(1);
      options.setInterOpNumThreads(1);
      OrtSession session =
          environment.createSession(folder.resolve("model.onnx").toString(), options);
      return new LcBench(
          environment, session, (Map<?, ?>) Objects.requireNonNull(encoding.get("OpenML_task_id")));
    } catch (OrtException e) {
      throw new IOException(folder + ": " + e.getMessage(), e);
    }
  }

  /**
   * A task as the surrogate numbers it.
   *
   * @throws IllegalArgumentException if it does not know the task
   */
  int code(String task) {
    if (tasks.get(task) instanceof Long code) {
      return Math.toIntExact(code);
    }
    throw new IllegalArgumentException("no task '" + task + "'; there are " + tasks.keySet());
  }

  /**
   * The share of wrong predictions on the validation set, in percent, after each epoch.
   *
   * @param code of the task
   * @param inputs batch size, learning rate, momentum, weight decay, layers, units, dropout
   * @param fromEpoch the first epoch, from 1
   * @param toEpoch the last epoch, at most {@link #EPOCHS}
   */
  double[] errors(int code, float[] inputs, int fromEpoch, int toEpoch) {
    int rows = toEpoch - fromEpoch + 1;
    float[][] continuous = new float[rows][];
    int[][] categorical = new int[rows][];
    for (int row = 0; row < rows; row++) {
      continuous[row] = new float[1 + INPUTS];
      continuous[row][0] = fromEpoch + row;
      System.arraycopy(inputs, 0, continuous[row], 1, INPUTS);
      categorical[row] = new int[] {code};
    }
    try (OnnxTensor cat = OnnxTensor.createTensor(environment, categorical);
        OnnxTensor cont = OnnxTensor.createTensor(environment, continuous);
        OrtSession.Result result = session.run(Map.of("x_cat", cat, "x_cont", cont))) {
      float[][] output = (float[][]) result.get(0).getValue();
      return Arrays.stream(output).mapToDouble(y -> 100 - y[VALIDATION_ACCURACY]).toArray();
    } catch (OrtException e) {
      throw new IllegalStateException("the surrogate failed: " + e.getMessage(), e);
    }
  }

  /** Frees the model. */
  @Override
  public void close() {
    try {
      session.close();
    } catch (OrtException e) {
      throw new IllegalStateException(e);
    }
  }
}
