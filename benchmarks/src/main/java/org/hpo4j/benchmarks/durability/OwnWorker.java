package org.hpo4j.benchmarks.durability;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.hpo4j.storage.Storage;
import org.hpo4j.storage.Storages;
import org.hpo4j.study.RunOptions;
import org.hpo4j.study.Study;

/** The main class of the {@link WorkerProcess}es of this library. */
final class OwnWorker {

  private OwnWorker() {}

  /**
   * Works on the study of a storage.
   *
   * @param arguments the storage's address; how many threads; if trials shall take some time, the
   *     lag of an ordered run, or 0
   */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    int threads = Integer.parseInt(arguments[1]);
    boolean patient = arguments.length > 2;
    int lag = patient ? Integer.parseInt(arguments[2]) : 0;
    try (Storage storage = Storages.open(arguments[0], Map.of());
        BufferedReader in =
            new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII))) {
      Study study = Load.study(storage);
      System.out.println("ready");
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        AtomicInteger trials = new AtomicInteger();
        Duration time = Duration.ofNanos((long) (Double.parseDouble(line) * 1e9));
        RunOptions options = RunOptions.unlimited().withTimeLimit(time).withParallelism(threads);
        long start = System.nanoTime();
        study.optimize(
            trial -> {
              if (patient) {
                Thread.sleep(Load.millis(trial));
              }
              trials.incrementAndGet();
              return Load.value(trial);
            },
            lag > 0 ? options.ordered(lag) : options);
        System.out.println(trials + " " + (System.nanoTime() - start) * 1e-9);
      }
    }
  }
}
