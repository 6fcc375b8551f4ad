package org.hpo4j.examples.unet;

import org.hpo4j.examples.unet.model.UNet;
import org.hpo4j.space.Parameter;
import org.hpo4j.space.Parameters;
import org.hpo4j.trial.HyperParameters;

/** The networks that the study compares. */
final class Networks {
  /**
   * What is searched: the filters of the last convolution, before they are rounded down to a
   * multiple of the classes.
   */
  static final Parameter<Double> CHANNELS = Parameters.quniform("channels", 3, 120, 0.8);

  private Networks() {}

  /** Returns the channels that a trial stands for. */
  static int channels(HyperParameters hp) {
    return UNet.headChannels(hp.suggest(CHANNELS));
  }

  /**
   * Returns a U-Net with so many filters in its last convolution, the number of classes for the
   * baseline.
   */
  static UNet unet(Profile profile, int channels) {
    return new UNet(profile.scale(), channels, Profile.BATCH_NORM_MOMENTUM);
  }
}
