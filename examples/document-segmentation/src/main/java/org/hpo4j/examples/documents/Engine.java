package org.hpo4j.examples.documents;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.hpo4j.examples.documents.data.Layout;
import org.hpo4j.examples.documents.data.ScanBatch;
import org.hpo4j.study.Objective;

/** What the study needs of an engine that trains networks. */
interface Engine {

  /** Returns the order of axes of the engine's batches. */
  Layout layout();

  /**
   * Returns what trains a trial's network and returns its best {@link Task#OBJECTIVE}; after each
   * epoch that and the other metrics are reported. Checkpoints for promotions and the best epoch's
   * weights are attached to the trial.
   *
   * @throws IllegalArgumentException if the engine can't use the task's GPU
   */
  Objective<IOException> objective(Task task);

  /** Returns the names of the files that hold a trial's best weights. */
  List<String> weightFiles();

  /**
   * Opens a trained network.
   *
   * @param folder where {@link #weightFiles} are
   */
  Network open(Task task, UNetDesign design, Path folder) throws IOException;

  /** A trained network; holds native memory until it is closed. */
  interface Network extends AutoCloseable {
    /** Returns the logits of a batch in the layout of its masks. */
    float[] logits(ScanBatch batch);

    @Override
    void close();
  }
}
