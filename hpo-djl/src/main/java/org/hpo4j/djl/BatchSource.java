package org.hpo4j.djl;

import java.io.IOException;

/**
 * The batches of each epoch, by number.
 *
 * <p>Several threads load at the same time, so {@link #load} is a pure function of its arguments:
 * shuffling and augmentation take their randomness from epoch and batch number, not from a shared
 * generator. The order in which batches are trained on is that of their numbers, however many
 * threads load them.
 *
 * <p>A promoted trial goes on with the batches of its parent's next epoch, so a source's seed must
 * not depend on the trial's number where a scheduler decides how far a trial trains.
 *
 * <p>{@link ExampleBatches} are of examples that fit on the heap, {@link DatasetBatches} of a DJL
 * data set.
 */
public interface BatchSource {

  /** Returns the number of batches of an epoch, at least 1. */
  int batches();

  /**
   * Returns one batch.
   *
   * @param epoch number of the epoch, from 0
   * @param batch number of the batch in its epoch, from 0, below {@link #batches()}
   * @throws IOException if the data can't be read
   */
  Batch load(int epoch, int batch) throws IOException;
}
