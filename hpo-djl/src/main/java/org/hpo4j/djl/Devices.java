package org.hpo4j.djl;

import ai.djl.Device;
import org.hpo4j.trial.Trial;
import org.jspecify.annotations.Nullable;

/** Which of the engine's devices there are, and which one a trial has. */
final class Devices {
  private Devices() {}

  /**
   * Checks that the engine can use a device.
   *
   * @throws IllegalArgumentException if it is a GPU that it can't use
   */
  static void requirePresent(Device device) {
    int gpus = EngineLibrary.engine().getGpuCount();
    int number = device.getDeviceId();
    // A negative number would be the engine's current GPU, whichever that is.
    if (device.isGpu() && (number < 0 || number >= gpus)) {
      throw new IllegalArgumentException(
          "device is %s, must be one that the engine can use: it has the CPU and %s"
              .formatted(
                  device,
                  gpus == 0
                      ? "no GPU; a GPU needs its driver and DJL's native library for CUDA"
                      : "GPUs 0 to " + (gpus - 1)));
    }
  }

  /**
   * Returns the device of a trial's slot; the CPU without one.
   *
   * @throws IllegalArgumentException if the slot has several GPUs, one by an identifier instead of
   *     an index, or one that the engine can't use
   */
  static Device ofSlot(Trial trial) {
    Device device =
        trial
            .device()
            .filter(slot -> slot.kind() == org.hpo4j.trial.Device.Kind.GPU)
            .map(slot -> gpu(slot.name(), System.getenv("CUDA_VISIBLE_DEVICES")))
            .orElse(Device.cpu());
    requirePresent(device);
    return device;
  }

  /**
   * A forked trial sees its slot's GPU alone, as number 0, whatever the slot is called.
   *
   * @param visible value of {@code CUDA_VISIBLE_DEVICES}, or null
   */
  static Device gpu(String slot, @Nullable String visible) {
    if (visible != null && !visible.isBlank() && visible.indexOf(',') < 0) {
      return Device.gpu(0);
    }
    if (!slot.matches("\\d{1,4}")) {
      throw new IllegalArgumentException(
          "the trial's device is GPU "
              + slot
              + ", a DJL training takes one GPU by its index, such as DeviceSlots.gpus(2)");
    }
    return Device.gpu(Integer.parseInt(slot));
  }
}
