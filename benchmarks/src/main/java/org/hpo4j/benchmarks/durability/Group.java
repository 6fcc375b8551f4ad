package org.hpo4j.benchmarks.durability;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;

/** Contenders that may be there or not. */
final class Group implements Closeable {

  private final List<Workers> workers;

  Group(List<Workers> workers) {
    this.workers = workers;
  }

  /** All of them, after others. */
  List<Contender> after(Contender... others) {
    return after(List.of(others));
  }

  /** The same. */
  List<Contender> after(List<Contender> others) {
    return Stream.concat(others.stream(), workers.stream()).toList();
  }

  @Override
  public void close() throws IOException {
    for (Workers group : workers) {
      group.close();
    }
  }
}
