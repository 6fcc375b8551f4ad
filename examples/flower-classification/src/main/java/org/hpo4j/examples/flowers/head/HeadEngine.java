package org.hpo4j.examples.flowers.head;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.hpo4j.examples.flowers.data.Picture;
import org.hpo4j.study.Objective;

/** Trains heads and asks them. */
public interface HeadEngine {
  /** Name of the metric that is maximized. */
  String ACCURACY = "validation_accuracy";

  /**
   * Returns an objective that trains a head by a trial's parameters and returns the validation
   * accuracy of its best epoch, whose weights it attaches to the trial.
   *
   * @param epochs how long to train
   * @param watcher is told the weights after each epoch
   */
  Objective<IOException> objective(HeadData data, int epochs, WeightWatcher watcher);

  /** Returns which attached file to give to {@link #predict}. */
  String weightsFile();

  /**
   * Returns the most probable class of each picture, by its plain view.
   *
   * @param weights a file of this engine that a trial has attached
   */
  List<Integer> predict(HeadData data, Head head, Path weights, List<Picture> part)
      throws IOException;
}
