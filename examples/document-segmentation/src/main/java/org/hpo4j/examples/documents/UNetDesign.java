package org.hpo4j.examples.documents;

import java.util.Locale;

/**
 * A U-Net in the words of the article.
 *
 * @param startNeurons filters of the first level; they double with each
 * @param netDepth how often height and width are halved
 * @param dropout whether a share of {@link #DROPOUT_RATE} of each block's outputs is dropped
 * @param batchNormBefore whether batch normalization comes before the activation, else after it
 * @param activation after each convolution of a block
 */
record UNetDesign(
    int startNeurons,
    int netDepth,
    boolean dropout,
    boolean batchNormBefore,
    Nonlinearity activation) {

  /** The article only switches dropout on and off; how much is this study's choice. */
  static final double DROPOUT_RATE = 0.2;

  /** Slope of leaky ReLU below 0, Keras' default. */
  static final double LEAKY_SLOPE = 0.3;

  /** Running averages must settle within the first hundred steps. */
  static final double BATCH_NORM_MOMENTUM = 0.9;

  enum Nonlinearity {
    MISH,
    ELU,
    LEAKY_RELU;

    String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  double dropoutRate() {
    return dropout ? DROPOUT_RATE : 0;
  }
}
