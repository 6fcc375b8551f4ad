package org.hpo4j.benchmarks.durability;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/** Processes that work on one study at the same time. */
final class Workers implements Contender {

  private final String name;
  private final List<WorkerProcess> processes = new ArrayList<>();
  private int trials;

  private Workers(String name) {
    this.name = name;
  }

  /**
   * Starts so many processes; the first one has made the study before the others begin.
   *
   * @param command of each, by its number
   */
  static Workers start(String name, int count, IntFunction<List<String>> command)
      throws IOException {
    Workers workers = new Workers(name);
    try {
      for (int i = 0; i < count; i++) {
        workers.processes.add(WorkerProcess.start(command.apply(i)));
        if (i == 0) {
          workers.processes.get(0).awaitReady();
        }
      }
      for (WorkerProcess process : workers.processes.subList(1, count)) {
        process.awaitReady();
      }
    } catch (IOException e) {
      workers.close();
      throw e;
    }
    return workers;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public int processes() {
    return processes.size();
  }

  /** How many trials they have made in all. */
  int trials() {
    return trials;
  }

  @Override
  public double run(Duration time) throws IOException {
    for (WorkerProcess process : processes) {
      process.work(time);
    }
    double longest = 0;
    int made = 0;
    for (WorkerProcess process : processes) {
      WorkerProcess.Work work = process.result();
      made += work.trials();
      longest = Math.max(longest, work.seconds());
    }
    trials += made;
    return made / longest;
  }

  @Override
  public void close() throws IOException {
    for (WorkerProcess process : processes) {
      process.endInput();
    }
    for (WorkerProcess process : processes) {
      process.close();
    }
  }
}
