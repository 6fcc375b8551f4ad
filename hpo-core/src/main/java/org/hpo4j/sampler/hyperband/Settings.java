package org.hpo4j.sampler.hyperband;

/** Checks of settings, with one wording. */
final class Settings {

  private Settings() {}

  static void requireAtLeast(int least, String name, int got) {
    if (got < least) {
      throw new IllegalArgumentException(name + " must be at least " + least + ", got " + got);
    }
  }
}
