package org.hpo4j.benchmarks.durability;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * The trials a second of a contender.
 *
 * @param name the contender's
 * @param perRound those of each round
 */
record Rates(String name, List<Double> perRound) {

  /**
   * Lets contenders work in turns, since a disk has better and worse moments.
   *
   * @param warmUp how long each works before the first round that counts, times its processes
   */
  static List<Rates> measure(
      List<? extends Contender> contenders, Duration warmUp, int rounds, Duration round)
      throws IOException {
    for (Contender contender : contenders) {
      // On one storage a process makes no more than its part of the trials, and compiles as much
      // code as one that makes them all.
      double unused = contender.run(warmUp.multipliedBy(contender.processes()));
    }
    Map<Contender, List<Double>> rates = new LinkedHashMap<>();
    contenders.forEach(contender -> rates.put(contender, new ArrayList<>()));
    for (int i = 0; i < rounds; i++) {
      for (Map.Entry<Contender, List<Double>> entry : rates.entrySet()) {
        entry.getValue().add(entry.getKey().run(round));
      }
    }
    return rates.entrySet().stream()
        .map(entry -> new Rates(entry.getKey().name(), entry.getValue()))
        .toList();
  }

  double median() {
    return median(perRound.stream().mapToDouble(rate -> rate));
  }

  double lowest() {
    return perRound.stream().mapToDouble(rate -> rate).min().orElseThrow();
  }

  double highest() {
    return perRound.stream().mapToDouble(rate -> rate).max().orElseThrow();
  }

  /** The median of the ratios in each round: neighbours in time had the same disk. */
  double ratioTo(Rates other) {
    return median(
        IntStream.range(0, perRound.size())
            .mapToDouble(i -> perRound.get(i) / other.perRound.get(i)));
  }

  private static double median(DoubleStream values) {
    double[] sorted = values.sorted().toArray();
    return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
  }
}
