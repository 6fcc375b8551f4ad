package org.hpo4j.benchmarks.convergence;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Tells what a tournament does and how long it may still take. The estimate goes by the runs made
 * so far, kept ones too: those of the same sampler on the same problem, else of the same sampler.
 */
final class Progress {

  private static final double SECONDS_BETWEEN_LINES = 15;

  private final PrintWriter out;
  private final Map<String, double[]> costs = new LinkedHashMap<>();
  private final Map<String, Integer> open = new LinkedHashMap<>();
  private final List<String> failures = new ArrayList<>();
  private int jobs = 1;
  private int remaining;
  private long lastLine;

  Progress(PrintWriter out) {
    this.out = out;
  }

  /** Begins: what was kept and what is to be made. */
  synchronized void start(List<Run> kept, List<RunTask> tasks, int parallel) {
    jobs = parallel;
    remaining = tasks.size();
    kept.forEach(this::learn);
    for (RunTask task : tasks) {
      open.merge(key(task.problem().name(), task.contender().name()), 1, Integer::sum);
    }
    Map<String, Long> bySampler =
        tasks.stream()
            .collect(
                Collectors.groupingBy(
                    task -> task.contender().name(), LinkedHashMap::new, Collectors.counting()));
    out.println(kept.size() + " runs are kept; to be made: " + bySampler);
    line();
  }

  /** A run was made. */
  synchronized void made(Run run) {
    learn(run);
    close(key(run.problem(), run.sampler()));
  }

  /** A run could not be made. */
  synchronized void failed(RunTask task, String reason) {
    String failure = task.problem() + ", seed " + task.seed() + ": " + reason;
    failures.add(failure);
    out.println("left out: " + failure);
    close(key(task.problem().name(), task.contender().name()));
  }

  /** All is done. */
  synchronized void end() {
    if (!failures.isEmpty()) {
      out.println(failures.size() + " runs could not be made");
    }
    out.flush();
  }

  private void close(String key) {
    open.merge(key, -1, Integer::sum);
    remaining--;
    if ((System.nanoTime() - lastLine) * 1e-9 > SECONDS_BETWEEN_LINES) {
      line();
    }
  }

  private void learn(Run run) {
    add(key(run.problem(), run.sampler()), run.seconds());
    add(run.sampler(), run.seconds());
  }

  private void add(String key, double seconds) {
    double[] cost = costs.computeIfAbsent(key, unused -> new double[2]);
    cost[0] += seconds;
    cost[1]++;
  }

  private void line() {
    lastLine = System.nanoTime();
    double seconds = 0;
    int unknown = 0;
    for (Map.Entry<String, Integer> entry : open.entrySet()) {
      double mean = mean(entry.getKey());
      if (Double.isNaN(mean)) {
        unknown += entry.getValue();
      } else {
        seconds += mean * entry.getValue();
      }
    }
    out.printf(
        Locale.ROOT,
        "%d runs to make; about %.1f minutes for them, %d at a time%s%n",
        remaining,
        seconds / 60 / jobs,
        jobs,
        unknown == 0 ? "" : ", and " + unknown + " runs of samplers not seen yet");
    out.flush();
  }

  /** Seconds a run; NaN if nothing is known. */
  private double mean(String key) {
    double[] same = costs.get(key);
    double[] any = costs.get(key.substring(0, key.indexOf('\n')));
    double[] cost = same == null ? any : same;
    return cost == null ? Double.NaN : cost[0] / cost[1];
  }

  private static String key(String problem, String sampler) {
    return sampler + "\n" + problem;
  }
}
