package org.hpo4j.benchmarks.durability;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;

/** One of those whose rates are measured in turns. */
interface Contender extends Closeable {

  /** Its name in the table of rates. */
  String name();

  /** How many processes work at the same time. */
  default int processes() {
    return 1;
  }

  /**
   * Works for some time.
   *
   * @return trials a second
   * @throws IOException if it fails
   */
  double run(Duration time) throws IOException;
}
