package org.hpo4j.tensorflow;

import java.io.IOException;
import org.tensorflow.types.family.TType;

/**
 * The batches of each epoch, by number.
 *
 * <p>Several threads load at the same time, so {@link #load} is a pure function of its arguments:
 * shuffling and augmentation take their randomness from epoch and batch number, not from a shared
 * generator. The order in which batches are trained on is that of their numbers, however many
 * threads load them.
 *
 * @param <L> type of the labels
 */
public interface BatchSource<L extends TType> {

  /** Returns the number of batches of an epoch, at least 1. */
  int batches();

  /**
   * Returns one batch.
   *
   * @param epoch number of the epoch, from 0
   * @param batch number of the batch in its epoch, from 0, below {@link #batches()}
   * @throws IOException if the data can't be read
   */
  Batch<L> load(int epoch, int batch) throws IOException;
}
