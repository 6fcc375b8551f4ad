package org.hpo4j.tensorflow;

import java.util.OptionalInt;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.GPUOptions;

/**
 * Where a session runs and with how many threads.
 *
 * <p>The engine fixes threads and visible GPUs for the whole process when the first session opens:
 * with parallel trials, give all of them the same options.
 *
 * @param gpu number of the GPU as {@code nvidia-smi} counts them, from 0; empty for the CPU alone
 * @param memoryGrowth whether GPU memory is taken as needed rather than all at once; has no meaning
 *     on the CPU
 * @param operationThreads threads inside one operation; 0 leaves it to the engine, which takes one
 *     for each core
 * @param graphThreads operations that run at the same time; 0 leaves it to the engine
 */
public record DeviceOptions(
    OptionalInt gpu, boolean memoryGrowth, int operationThreads, int graphThreads) {

  public DeviceOptions {
    if (gpu.isPresent() && gpu.getAsInt() < 0) {
      throw new IllegalArgumentException("gpu is " + gpu.getAsInt() + ", must be 0 or more");
    }
    requireThreads("operationThreads", operationThreads);
    requireThreads("graphThreads", graphThreads);
  }

  /** Returns options for the CPU with as many threads as the engine likes. */
  public static DeviceOptions cpu() {
    return new DeviceOptions(OptionalInt.empty(), false, 0, 0);
  }

  /** Returns options for one GPU whose memory is taken as needed, so that trials can share it. */
  public static DeviceOptions gpu(int number) {
    return new DeviceOptions(OptionalInt.of(number), true, 0, 0);
  }

  /** Returns these options with other thread counts; 0 leaves one to the engine. */
  public DeviceOptions withThreads(int operation, int graph) {
    return new DeviceOptions(gpu, memoryGrowth, operation, graph);
  }

  /** Returns these options with memory growth on or off. */
  public DeviceOptions withMemoryGrowth(boolean growth) {
    return new DeviceOptions(gpu, growth, operationThreads, graphThreads);
  }

  /**
   * Checks that the engine can use the GPU; without the check it takes the CPU instead, silently.
   *
   * @throws IllegalArgumentException if it can't; the message names the devices it has
   */
  public void requirePresent() {
    if (gpu.isPresent()) {
      DeviceCheck.requireGpu(gpu.getAsInt(), toConfig());
    }
  }

  ConfigProto toConfig() {
    ConfigProto.Builder config =
        ConfigProto.newBuilder()
            .setIntraOpParallelismThreads(operationThreads)
            .setInterOpParallelismThreads(graphThreads)
            .setAllowSoftPlacement(true);
    if (gpu.isPresent()) {
      config.setGpuOptions(
          GPUOptions.newBuilder()
              .setVisibleDeviceList(Integer.toString(gpu.getAsInt()))
              .setAllowGrowth(memoryGrowth));
    } else {
      config.putDeviceCount("GPU", 0);
    }
    return config.build();
  }

  private static void requireThreads(String name, int threads) {
    if (threads < 0) {
      throw new IllegalArgumentException(
          name + " is " + threads + ", must be 0 (the engine decides) or more");
    }
  }
}
