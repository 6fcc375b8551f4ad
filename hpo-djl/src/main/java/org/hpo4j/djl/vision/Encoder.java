package org.hpo4j.djl.vision;

/** The way down of a U-Net. */
public enum Encoder {
  /** Two convolutions a level, then a 2x2 max-pooling (Ronneberger et al. 2015). */
  PLAIN,
  /** A {@link ResNet34}. */
  RESNET34
}
