package org.hpo4j.djl.vision;

/** Where a network normalizes. */
public enum BatchNormOrder {
  /** Nowhere. */
  NONE,
  /** Between convolution and activation, as in Ioffe and Szegedy 2015. */
  BEFORE,
  /** After the activation. */
  AFTER
}
