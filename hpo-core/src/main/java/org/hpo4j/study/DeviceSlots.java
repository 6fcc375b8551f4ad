package org.hpo4j.study;

import java.time.Duration;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.hpo4j.trial.Device;

/**
 * Devices that the running trials of a process share, one each. A trial has its device from its
 * start until it has ended in any way. Runs that are given the same object share its devices; safe
 * for use by several threads.
 *
 * <p>A trial that is {@linkplain BaseStudy#ask() asked for} has no device: whoever asks knows where
 * it runs.
 */
public final class DeviceSlots {

  private static final Pattern CPU_SET =
      Pattern.compile("\\d{1,5}(-\\d{1,5})?(,\\d{1,5}(-\\d{1,5})?)*");

  private final List<Device> devices;
  private final BlockingQueue<Device> free;

  private DeviceSlots(List<Device> devices) {
    if (devices.isEmpty()) {
      throw new IllegalArgumentException("needs one or more distinct devices, got none");
    }
    this.devices = List.copyOf(devices);
    this.free = new LinkedBlockingQueue<>(devices);
  }

  /**
   * GPUs by name.
   *
   * @param names each an index or identifier as {@code CUDA_VISIBLE_DEVICES} takes it; several,
   *     comma-separated, make one slot
   * @throws IllegalArgumentException if there is none, or an index or identifier is empty or occurs
   *     twice
   */
  public static DeviceSlots of(String... names) {
    Set<String> used = new HashSet<>();
    for (String name : names) {
      for (String gpu : name.split(",", -1)) {
        if (gpu.isBlank()) {
          throw new IllegalArgumentException(
              "a slot is one or more GPUs, comma-separated, such as 2,3; got '" + name + "'");
        }
        if (!used.add(gpu)) {
          throw twice("GPU " + gpu, names);
        }
      }
    }
    return new DeviceSlots(
        Arrays.stream(names).map(name -> new Device(Device.Kind.GPU, name)).toList());
  }

  private static IllegalArgumentException twice(String device, String... names) {
    return new IllegalArgumentException(
        "the slots need distinct devices, but "
            + device
            + " occurs twice in "
            + Arrays.stream(names).collect(Collectors.joining("', '", "'", "'")));
  }

  /**
   * The first GPUs that this process sees: 0 to count - 1.
   *
   * @throws IllegalArgumentException if the count is below 1
   */
  public static DeviceSlots gpus(int count) {
    if (count < 1) {
      throw new IllegalArgumentException("needs one or more GPUs, got " + count);
    }
    return of(IntStream.range(0, count).mapToObj(Integer::toString).toArray(String[]::new));
  }

  /**
   * Sets of processors.
   *
   * @param sets each numbers below 100,000 and rising ranges of processors, such as {@code 0-3} or
   *     {@code 0,2}
   * @throws IllegalArgumentException if there is none, a processor occurs twice, or one is no such
   *     set
   */
  public static DeviceSlots cpus(String... sets) {
    BitSet used = new BitSet();
    for (String set : sets) {
      if (!CPU_SET.matcher(set).matches()) {
        throw new IllegalArgumentException(
            "a CPU set is numbers and ranges such as 0-3,8; got '" + set + "'");
      }
      for (String range : set.split(",", -1)) {
        String[] ends = range.split("-", -1);
        int first = Integer.parseInt(ends[0]);
        int last = Integer.parseInt(ends[ends.length - 1]);
        if (first > last) {
          throw new IllegalArgumentException(
              "a range of processors must rise; got '" + range + "' in '" + set + "'");
        }
        int overlap = used.nextSetBit(first);
        if (overlap >= 0 && overlap <= last) {
          throw twice("CPU " + overlap, sets);
        }
        used.set(first, last + 1);
      }
    }
    return new DeviceSlots(
        Arrays.stream(sets).map(set -> new Device(Device.Kind.CPUS, set)).toList());
  }

  /** How many trials can run at a time. */
  public int count() {
    return devices.size();
  }

  /** A free device; empty if none got free in time. */
  Optional<Device> acquire(Duration patience) throws InterruptedException {
    return Optional.ofNullable(free.poll(patience.toMillis(), TimeUnit.MILLISECONDS));
  }

  void release(Device device) {
    free.add(device);
  }

  @Override
  public String toString() {
    return devices.toString();
  }
}
