package org.hpo4j.mlflow;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/**
 * Measures the use of processors, memory and GPUs, under the names that MLflow's interface shows on
 * its page of system metrics. What the system does not tell is left out.
 */
final class SystemMetrics {

  private static final double MEGABYTE = 1e6;
  private static final double KIBIBYTE = 1024;
  private static final double PERCENT = 100;
  private static final Path PROCESSES = Path.of("/proc");

  private final OperatingSystemMXBean system =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
  private final NvidiaSmi gpus = new NvidiaSmi();

  /** The values now, by metric. */
  Map<String, Double> measure() throws InterruptedException {
    Map<String, Double> values = new LinkedHashMap<>();
    putLoad(values, "system/cpu_utilization_percentage", system.getCpuLoad());
    putLoad(values, "system/process_cpu_utilization_percentage", system.getProcessCpuLoad());
    double total = system.getTotalMemorySize();
    double used =
        total
            - kibibytes(PROCESSES.resolve("meminfo"), "MemAvailable:")
                .orElse((double) system.getFreeMemorySize());
    values.put("system/system_memory_usage_megabytes", used / MEGABYTE);
    values.put("system/system_memory_usage_percentage", PERCENT * used / total);
    Runtime runtime = Runtime.getRuntime();
    values.put(
        "system/jvm_heap_usage_megabytes",
        (runtime.totalMemory() - runtime.freeMemory()) / MEGABYTE);
    double resident = residentBytes();
    if (resident > 0) {
      values.put("system/process_memory_usage_megabytes", resident / MEGABYTE);
    }
    values.putAll(gpus.measure());
    return values;
  }

  private static void putLoad(Map<String, Double> values, String metric, double load) {
    // Negative where it is not known (yet).
    if (load >= 0) {
      values.put(metric, PERCENT * load);
    }
  }

  /** Of this process and those it has started, such as those of forked trials; 0 if unknown. */
  private static double residentBytes() {
    ProcessHandle self = ProcessHandle.current();
    try (Stream<ProcessHandle> processes = Stream.concat(Stream.of(self), self.descendants())) {
      return processes
          .map(process -> PROCESSES.resolve(process.pid() + "/status"))
          .mapToDouble(status -> kibibytes(status, "VmRSS:").orElse(0))
          .sum();
    }
  }

  /** A line such as {@code VmRSS: 1234 kB} in bytes; empty where there is no such file or line. */
  private static OptionalDouble kibibytes(Path file, String key) {
    try (Stream<String> lines = Files.lines(file)) {
      return lines
          .filter(line -> line.startsWith(key))
          .mapToDouble(line -> KIBIBYTE * Double.parseDouble(line.replaceAll("\\D", "")))
          .findFirst();
    } catch (IOException | java.io.UncheckedIOException e) {
      // Another system, or the process has ended.
      return OptionalDouble.empty();
    }
  }
}
