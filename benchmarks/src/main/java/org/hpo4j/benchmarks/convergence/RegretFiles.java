package org.hpo4j.benchmarks.convergence;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;

/** The regrets of all runs and their summary as CSV. */
final class RegretFiles {

  static final String RUNS = "problem,sampler,seed,trials,regret";
  static final String SUMMARY = "problem,sampler,trials,runs,lower_quartile,median,upper_quartile";

  private RegretFiles() {}

  /** A line for each run and checkpoint. */
  static void writeRuns(Path file, RegretTable table, SortedSet<Integer> checkpoints)
      throws IOException {
    List<String> lines = new ArrayList<>(List.of(RUNS));
    for (String problem : table.problems()) {
      for (String sampler : table.samplers()) {
        for (Run run : table.runs(problem, sampler)) {
          for (int trials : checkpoints) {
            lines.add(line(problem, sampler, run.seed(), trials, run.after(trials)));
          }
        }
      }
    }
    Files.write(file, lines);
  }

  /** A line for each problem, sampler and checkpoint. */
  static void writeSummary(Path file, RegretTable table, SortedSet<Integer> checkpoints)
      throws IOException {
    List<String> lines = new ArrayList<>(List.of(SUMMARY));
    for (String problem : table.problems()) {
      for (String sampler : table.samplers()) {
        int runs = table.runs(problem, sampler).size();
        if (runs > 0) {
          for (int trials : checkpoints) {
            lines.add(
                line(
                    problem,
                    sampler,
                    trials,
                    runs,
                    table.quantile(problem, sampler, trials, 0.25),
                    table.median(problem, sampler, trials),
                    table.quantile(problem, sampler, trials, 0.75)));
          }
        }
      }
    }
    Files.write(file, lines);
  }

  private static String line(Object... fields) {
    return String.join(",", List.of(fields).stream().map(Object::toString).toList());
  }
}
