package org.hpo4j.sampler.hyperband;

import org.hpo4j.sampler.Sampler;

/** Checks of settings, with one wording. */
final class Settings {

  private Settings() {}

  /** A scheduler would take the trials of one around it for its own. */
  static void requireNoScheduler(Sampler sampler) {
    if (sampler instanceof HyperbandSampler || sampler instanceof AshaSampler) {
      throw new IllegalArgumentException(
          "a scheduler cannot be around another one, which decides itself how far trials train; got "
              + sampler.describe());
    }
  }

  static void requireAtLeast(int least, String name, int got) {
    if (got < least) {
      throw new IllegalArgumentException(name + " must be at least " + least + ", got " + got);
    }
  }
}
