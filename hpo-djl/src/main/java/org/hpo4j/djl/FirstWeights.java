package org.hpo4j.djl;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.initializer.Initializer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Gives a parameter its first values from a generator of its own, so that they depend on neither
 * the device nor the other parameters.
 *
 * <p>An initializer of DJL's own draws from the engine's generator. It is seeded for the one
 * parameter, and draws on the CPU, since a GPU has other numbers.
 */
final class FirstWeights implements Initializer {
  private final Initializer initializer;
  private final RandomGenerator random;

  /**
   * @param given what the parameter has; where that is nothing or DJL's default for weights, He's
   *     normal law takes its place
   */
  FirstWeights(@Nullable Initializer given, RandomGenerator random) {
    this.initializer =
        given == null || given == Parameter.Type.WEIGHT.getInitializer()
            ? WeightInitializer.heNormal()
            : given;
    this.random = random;
  }

  @Override
  public NDArray initialize(NDManager manager, Shape shape, DataType dataType) {
    if (initializer instanceof WeightInitializer weights) {
      ArrayData values = ArrayData.of(weights.values(shape, random), shape.getShape());
      return Staging.copy(manager, values).toType(dataType, false);
    }
    try (Turns.Turn turn = Turns.takeUninterruptibly();
        NDManager cpu = manager.newSubManager(Device.cpu())) {
      turn.start();
      EngineLibrary.engine().setRandomSeed(random.nextInt());
      NDArray drawn = initializer.initialize(cpu, shape, dataType);
      // On one device the engine copies nothing here, whatever it is asked, and an initializer may
      // have made its array of a Java buffer, which is freed with it.
      NDArray values = drawn.duplicate().toDevice(manager.getDevice(), false);
      values.attach(manager);
      return values;
    }
  }
}
