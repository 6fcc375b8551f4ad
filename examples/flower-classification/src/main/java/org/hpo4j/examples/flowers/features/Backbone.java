package org.hpo4j.examples.flowers.features;

import ai.djl.Device;
import ai.djl.nn.Block;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.hpo4j.djl.block.NamedSequence;
import org.hpo4j.djl.vision.ResNet34;
import org.hpo4j.djl.vision.SqueezeNet11;
import org.hpo4j.djl.vision.Vgg16;
import org.hpo4j.examples.flowers.data.Normalization;
import org.hpo4j.examples.flowers.weights.KerasWeights;

/** The frozen network below the head. */
public enum Backbone {
  /** VGG-16 with weights in Keras' format, or random ones. */
  VGG16(512, 32),

  /** SqueezeNet 1.1 with weights in Keras' format, or random ones. */
  SQUEEZENET(512, 32),

  /** ResNet-34 with random weights: Keras publishes none. */
  RESNET34(512, 32),

  /** No network: the means of the picture's colours in a grid of 16x16 blocks. */
  NONE(PixelExtractor.SIZE, PixelExtractor.GRID);

  private final int features;
  private final int smallestCrop;

  Backbone(int features, int smallestCrop) {
    this.features = features;
    this.smallestCrop = smallestCrop;
  }

  /** Returns the number of features. */
  public int features() {
    return features;
  }

  /** Returns whether weights can be read for it. */
  public boolean takesWeights() {
    return this == VGG16 || this == SQUEEZENET;
  }

  /**
   * Returns how its pixels are normalized.
   *
   * @param pretrained whether it has weights in Keras' format
   */
  public Normalization normalization(boolean pretrained) {
    return pretrained ? Normalization.CAFFE : Normalization.IMAGENET;
  }

  /**
   * Checks the height and width of its images.
   *
   * @throws IllegalArgumentException if they are too small
   */
  public void requireCrop(int crop) {
    if (crop < smallestCrop) {
      throw new IllegalArgumentException(
          "crop is %d pixels, must be at least %d for backbone %s"
              .formatted(crop, smallestCrop, this));
    }
  }

  /** Returns the network without its classifier, not initialized; of {@link #NONE}, nothing. */
  Optional<Block> network() {
    NamedSequence network =
        switch (this) {
          case VGG16 -> Vgg16.withoutTop();
          case SQUEEZENET -> SqueezeNet11.withoutTop();
          case RESNET34 -> ResNet34.withoutTop();
          case NONE -> new NamedSequence();
        };
    return this == NONE ? Optional.empty() : Optional.of(network);
  }

  /** Returns the network with the mean of each channel at its end, not initialized. */
  public Optional<Block> averaged() {
    return network().map(BlockExtractor::averaged);
  }

  /**
   * Returns the extractor of its features.
   *
   * @param weights file in Keras' format; without one, weights are random
   * @param seed decides on random weights
   * @param crop height and width of its images
   * @param device where it runs
   * @throws IOException if the file can't be used
   */
  public Extractor open(Optional<Path> weights, long seed, int crop, Device device)
      throws IOException {
    requireCrop(crop);
    if (weights.isPresent() && !takesWeights()) {
      throw new IllegalArgumentException(
          "backbone %s takes no weights, only vgg16 and squeezenet do".formatted(this));
    }
    Optional<Block> network = network();
    if (network.isEmpty()) {
      return new PixelExtractor(crop);
    }
    BlockExtractor extractor = new BlockExtractor(network.get(), seed, crop, features, device);
    try {
      if (weights.isPresent()) {
        try (KerasWeights file = KerasWeights.open(weights.get())) {
          extractor.load((name, shape) -> file.values(name, shape.getShape()));
        }
      }
      return extractor;
    } catch (IOException | RuntimeException e) {
      extractor.close();
      throw e;
    }
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
