package org.hpo4j.examples.flowers.head;

import java.io.IOException;

/** Batches of features by epoch and number, a pure function of both. */
interface FeatureBatches {

  /** Returns the number of batches of an epoch, at least 1. */
  int batches();

  /** Returns one batch; the last of an epoch may be smaller. */
  FeatureBatch load(int epoch, int batch) throws IOException;
}
