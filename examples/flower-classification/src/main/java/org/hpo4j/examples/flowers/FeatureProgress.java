package org.hpo4j.examples.flowers;

import java.io.PrintWriter;
import java.nio.file.Path;
import org.hpo4j.examples.flowers.features.CachedFeatures;

/** Prints how far the features of a backbone are, in tenths. */
final class FeatureProgress implements CachedFeatures.Progress {
  private final String name;
  private final PrintWriter out;
  private final long began = System.nanoTime();
  private int tenths;

  FeatureProgress(String name, PrintWriter out) {
    this.name = name;
    this.out = out;
  }

  @Override
  public void waiting(Path file) {
    out.printf("Features of %s: waiting for the process that computes '%s'%n", name, file);
    out.flush();
  }

  @Override
  public void computed(int views, int of) {
    int now = (int) (10L * views / of);
    if (now > tenths) {
      tenths = now;
      out.printf(
          "Features of %s: %d of %d views, %d s%n",
          name, views, of, (System.nanoTime() - began) / 1_000_000_000);
      out.flush();
    }
  }
}
