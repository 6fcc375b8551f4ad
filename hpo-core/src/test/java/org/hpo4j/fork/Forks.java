package org.hpo4j.fork;

/** Options for quick processes. */
final class Forks {

  private Forks() {}

  /** A small heap and a start without the optimizing compiler. */
  static ForkOptions quick() {
    return ForkOptions.ofDefaults()
        .withHeap("64m")
        .withJvmArguments("-Xshare:auto", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");
  }
}
