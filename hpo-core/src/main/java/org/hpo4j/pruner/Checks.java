package org.hpo4j.pruner;

/** Checks of pruners' settings, with one wording. */
final class Checks {

  private Checks() {}

  /** Checks that a setting is at least {@code least}. */
  static void atLeast(int least, String name, int got) {
    if (got < least) {
      throw new IllegalArgumentException(name + " must be at least " + least + ", got " + got);
    }
  }
}
