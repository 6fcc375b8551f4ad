package org.hpo4j.examples.vessels.engine;

import java.util.Collections;
import java.util.List;
import java.util.Locale;

/**
 * Everything about a network that the study may choose, for either engine.
 *
 * @param rectifier activation after each 3x3 convolution
 * @param dilations rates of the two convolutions of each level, from full size down; empty with an
 *     encoder that has no choice of them
 * @param normalization where batch normalization stands
 * @param dropout share of activations that training leaves out, in [0, 1)
 * @param encoder what leads down
 */
public record NetworkPlan(
    Rectifier rectifier,
    List<Integer> dilations,
    Normalization normalization,
    double dropout,
    Encoder encoder) {

  public NetworkPlan {
    dilations = List.copyOf(dilations);
  }

  /** Where batch normalization stands. */
  public enum Normalization {
    /** Nowhere. */
    NONE,
    /** Between a convolution and its activation. */
    BEFORE,
    /** After the activation. */
    AFTER
  }

  /** What leads down. */
  public enum Encoder {
    /** Two convolutions a level and max-pooling between. */
    PLAIN(48),
    /** The convolutions of ResNet-34 (He et al. 2016, Table 1), which halve five times. */
    RESNET34(64);

    private final int patch;

    Encoder(int patch) {
      this.patch = patch;
    }

    /** Returns height and width of the patches that are trained on, in pixels. */
    public int patch() {
      return patch;
    }
  }

  /** Returns the plain U-Net with ReLU: no dilation, normalization or dropout. */
  public static NetworkPlan baseline(int levels) {
    return new NetworkPlan(
        new Rectifier.Relu(),
        Collections.nCopies(2 * levels, 1),
        Normalization.NONE,
        0,
        Encoder.PLAIN);
  }

  /** Returns this plan if it learns its slopes, or else the same with a PReLU by channel. */
  public NetworkPlan learningSlopes() {
    return rectifier instanceof Rectifier.Parametric
        ? this
        : new NetworkPlan(
            new Rectifier.Parametric(false), dilations, normalization, dropout, encoder);
  }

  /** Returns the plan in words, equal for equal plans. */
  public String describe() {
    StringBuilder text = new StringBuilder(rectifier.toString());
    if (!dilations.isEmpty()) {
      text.append("; dilations ").append(dilations);
    }
    text.append(
        switch (normalization) {
          case NONE -> "; no batch norm";
          case BEFORE -> "; batch norm before activation";
          case AFTER -> "; batch norm after activation";
        });
    text.append(String.format(Locale.ROOT, "; dropout %.1f", dropout));
    return text.append(encoder == Encoder.PLAIN ? "; plain encoder" : "; ResNet-34").toString();
  }
}
