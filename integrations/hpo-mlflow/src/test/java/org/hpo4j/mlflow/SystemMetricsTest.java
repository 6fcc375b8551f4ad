package org.hpo4j.mlflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.util.Map;
import org.junit.jupiter.api.Test;

class SystemMetricsTest {

  @Test
  void memoryIsMeasured() throws InterruptedException {
    Map<String, Double> values = new SystemMetrics().measure();

    assertThat(values.get("system/system_memory_usage_percentage")).isBetween(0.0, 100.0);
    assertThat(values.get("system/jvm_heap_usage_megabytes")).isPositive();
  }

  @Test
  void eachGpuHasItsValuesInMlflowsUnits() {
    assertThat(NvidiaSmi.parse("0, 50, 1000, 4000, 70.5\n1, 0, 0, 4000, [N/A]\n"))
        .containsOnly(
            entry("system/gpu_0_utilization_percentage", 50.0),
            entry("system/gpu_0_memory_usage_megabytes", 1048.576),
            entry("system/gpu_0_memory_usage_percentage", 25.0),
            entry("system/gpu_0_power_usage_watts", 70.5),
            entry("system/gpu_1_utilization_percentage", 0.0),
            entry("system/gpu_1_memory_usage_megabytes", 0.0),
            entry("system/gpu_1_memory_usage_percentage", 0.0));
  }

  @Test
  void anythingElseIsNoGpu() {
    assertThat(NvidiaSmi.parse("No devices were found\n")).isEmpty();
  }
}
