package org.hpo4j.examples.flowers.data;

import java.util.List;

/**
 * Pictures of several classes.
 *
 * @param classes names of the classes by label, at least two
 * @param pictures in an order that depends on nothing but the set
 * @param grey how many of them have one channel, which then stands for all three
 * @param digest differs between sets of different pixels, labels or order: 64 hexadecimal digits
 */
public record PictureSet(List<String> classes, List<Picture> pictures, int grey, String digest) {

  /** Needed of each class: one each to train, to validate and to test. */
  public static final int FEWEST = 3;

  public PictureSet {
    classes = List.copyOf(classes);
    pictures = List.copyOf(pictures);
  }

  /** Returns the number of pictures of a class. */
  public int count(int label) {
    return (int) pictures.stream().filter(picture -> picture.label() == label).count();
  }
}
