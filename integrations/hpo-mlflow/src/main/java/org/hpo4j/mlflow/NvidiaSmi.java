package org.hpo4j.mlflow;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Asks {@code nvidia-smi} how busy each GPU is; where there is no such program, there are none. */
final class NvidiaSmi {

  private static final List<String> COMMAND =
      List.of(
          "nvidia-smi",
          "--query-gpu=index,utilization.gpu,memory.used,memory.total,power.draw",
          "--format=csv,noheader,nounits");
  private static final int LONGEST_SECONDS = 5;
  private static final double MEGABYTES_PER_MEBIBYTE = 1.048576;

  private boolean absent;

  /** The values by metric, none where there is no GPU or the program does not answer in time. */
  Map<String, Double> measure() throws InterruptedException {
    if (absent) {
      return Map.of();
    }
    try {
      Process process =
          new ProcessBuilder(COMMAND).redirectError(ProcessBuilder.Redirect.DISCARD).start();
      process.getOutputStream().close();
      // A few lines fit into the pipe, so that the program ends without being read from.
      if (!process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
        process.destroyForcibly();
        absent = true;
        return Map.of();
      }
      return parse(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      absent = true;
      return Map.of();
    }
  }

  /** Reads a line a GPU; a value that the GPU does not tell, {@code [N/A]}, is left out. */
  static Map<String, Double> parse(String output) {
    Map<String, Double> values = new LinkedHashMap<>();
    for (String line : output.lines().toList()) {
      String[] fields = line.split(",", -1);
      if (fields.length == 5) {
        String gpu = "system/gpu_" + fields[0].strip() + "_";
        double used = number(fields[2]) * MEGABYTES_PER_MEBIBYTE;
        put(values, gpu + "utilization_percentage", number(fields[1]));
        put(values, gpu + "memory_usage_megabytes", used);
        put(
            values,
            gpu + "memory_usage_percentage",
            100 * used / (number(fields[3]) * MEGABYTES_PER_MEBIBYTE));
        put(values, gpu + "power_usage_watts", number(fields[4]));
      }
    }
    return values;
  }

  private static void put(Map<String, Double> values, String metric, double value) {
    if (Double.isFinite(value)) {
      values.put(metric, value);
    }
  }

  private static double number(String field) {
    try {
      return Double.parseDouble(field.strip());
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }
}
