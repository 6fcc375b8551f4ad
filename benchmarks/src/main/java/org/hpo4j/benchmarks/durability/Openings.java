package org.hpo4j.benchmarks.durability;

import java.util.Map;
import org.hpo4j.storage.Storage;
import org.hpo4j.storage.Storages;

/** The main class of a JVM that opens a study several times. */
final class Openings {

  private Openings() {}

  /**
   * Prints how many trials the study has and how long it took until it was in hand, a line each
   * time.
   *
   * @param arguments the storage's address; how many times
   */
  public static void main(String[] arguments) {
    for (int i = Integer.parseInt(arguments[1]); i > 0; i--) {
      long start = System.nanoTime();
      try (Storage storage = Storages.open(arguments[0], Map.of())) {
        int trials = Load.study(storage).trialCount();
        System.out.println(trials + " " + (System.nanoTime() - start) * 1e-9);
      }
    }
  }
}
