package org.hpo4j.examples.unet.data;

/** The classes of a pixel, as they are numbered in masks and logits. */
public final class Label {
  /** Everything that is not a building. */
  public static final byte BACKGROUND = 0;

  /** The inside of a building. */
  public static final byte BUILDING = 1;

  /** The edge of a building, a part of its footprint. */
  public static final byte BORDER = 2;

  /** The number of classes. */
  public static final int COUNT = 3;

  private Label() {}
}
