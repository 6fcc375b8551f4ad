package org.hpo4j.sampler.gp;

/** The settings of a {@link GpSampler}, whose builder explains them. */
record GpSettings(int startupTrials, int candidates, int mostObservations) {

  static final GpSettings DEFAULTS = new GpSettings(10, 150, 1000);

  GpSettings {
    require(startupTrials >= 1, "startupTrials", "at least 1", startupTrials);
    require(candidates >= 1, "candidates", "at least 1", candidates);
    require(mostObservations >= 10, "mostObservations", "at least 10", mostObservations);
  }

  private static void require(boolean holds, String name, String allowed, Number got) {
    if (!holds) {
      throw new IllegalArgumentException(name + " must be " + allowed + ", got " + got);
    }
  }

  @Override
  public String toString() {
    return "gp(startupTrials="
        + startupTrials
        + ", candidates="
        + candidates
        + ", mostObservations="
        + mostObservations
        + ")";
  }
}
