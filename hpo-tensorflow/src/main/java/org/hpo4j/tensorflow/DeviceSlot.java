package org.hpo4j.tensorflow;

import java.util.Optional;
import java.util.OptionalInt;
import org.hpo4j.trial.Device;
import org.hpo4j.trial.Trial;

/** The GPU of a trial's slot, as the engine of this process counts them. */
final class DeviceSlot {
  private static final String VISIBLE_GPUS = "CUDA_VISIBLE_DEVICES";

  private DeviceSlot() {}

  /**
   * Returns the options of a trial: the objective's, on the GPU of the trial's slot if it has one.
   */
  static DeviceOptions optionsFor(Trial trial, DeviceOptions options) {
    Optional<Device> slot = trial.device();
    if (slot.isEmpty() || slot.get().kind() != Device.Kind.GPU) {
      return options;
    }
    String visible = Optional.ofNullable(System.getenv(VISIBLE_GPUS)).orElse("");
    return new DeviceOptions(
        OptionalInt.of(gpu(slot.get().name(), visible)),
        options.gpu().isEmpty() || options.memoryGrowth(),
        options.operationThreads(),
        options.graphThreads());
  }

  /**
   * Returns the number of a slot's first GPU among those that the process sees.
   *
   * @param slot indices or identifiers of the slot's GPUs, comma-separated
   * @param visible those that the process sees; empty for all of the machine's. In a forked trial
   *     they are those of the slot
   */
  static int gpu(String slot, String visible) {
    String[] ofSlot = slot.split(",", -1);
    if (!visible.isBlank() && visible.split(",", -1).length == ofSlot.length) {
      return 0;
    }
    if (!ofSlot[0].matches("\\d{1,9}")) {
      throw new IllegalArgumentException(
          "the slot's GPU is '%s', must be an index unless the trial is forked"
              .formatted(ofSlot[0]));
    }
    return Integer.parseInt(ofSlot[0]);
  }
}
