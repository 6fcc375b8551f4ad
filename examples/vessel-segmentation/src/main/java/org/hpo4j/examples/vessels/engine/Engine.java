package org.hpo4j.examples.vessels.engine;

import java.io.IOException;
import java.util.Locale;
import org.hpo4j.study.Objective;

/** What trains a network. */
public interface Engine {

  /** The engines there are. */
  enum Name {
    DJL,
    TENSORFLOW;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Returns an objective that trains a network and returns its lowest validation loss. */
  Objective<IOException> objective(TrainingTask task);
}
