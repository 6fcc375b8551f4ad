package org.hpo4j.examples.unet;

import org.hpo4j.study.Study;

/**
 * What decides on a study's trials beside its space, sampler and seed. The study keeps it as
 * attributes, so that it is not resumed with anything else.
 *
 * @param sizes all settings, in words
 * @param data SHA-256 sum of the images and masks as used, 64 hexadecimal digits
 */
record StudyOrigin(String sizes, String data) {
  private static final String SIZES = "sizes";
  private static final String DATA = "data";

  /**
   * Requires that a study was begun with this; one that has just been begun keeps it. A study from
   * before there was a sum of the data is taken to be on the data of now: nothing tells otherwise.
   *
   * @throws IllegalArgumentException if it was begun with other settings or on other data
   */
  void require(Study study) {
    Object sizesBefore = study.attributes().getOrDefault(SIZES, sizes);
    if (!sizesBefore.equals(sizes)) {
      throw new IllegalArgumentException("it was begun with " + sizesBefore + ", got " + sizes);
    }
    Object dataBefore = study.attributes().getOrDefault(DATA, data);
    if (!dataBefore.equals(data)) {
      throw new IllegalArgumentException(
          "its data have changed: the images or masks are not those that it was begun on, by pixels, names, sizes or order (SHA-256 %s then, %s now)"
              .formatted(dataBefore, data));
    }
    study.setAttribute(SIZES, sizes);
    study.setAttribute(DATA, data);
  }
}
