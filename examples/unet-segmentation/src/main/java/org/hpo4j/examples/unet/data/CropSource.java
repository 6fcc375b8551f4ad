package org.hpo4j.examples.unet.data;

/** Batches of crops by number; the same arguments always give the same crops. */
public interface CropSource {

  /** Returns the number of batches of an epoch, at least 1. */
  int batches();

  /**
   * Returns one batch; may be called by several threads at once.
   *
   * @param epoch from 0
   * @param batch from 0, below {@link #batches()}
   */
  Crops load(int epoch, int batch);
}
