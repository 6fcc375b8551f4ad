package org.hpo4j.examples.flowers.features;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.hpo4j.examples.flowers.data.Picture;
import org.hpo4j.examples.flowers.data.PictureSplit;

/**
 * Which views of which pictures are wanted, in order: of pictures to train on the plain one and all
 * augmented ones, of the others the plain one.
 *
 * @param views how many views are wanted of a picture, by its name; the first is view 0
 */
record FeaturePlan(Map<String, Picture> pictures, Map<String, Integer> views) {

  /**
   * Returns the plan for a split.
   *
   * @param augmented number of augmented views of a picture to train on
   */
  static FeaturePlan of(PictureSplit split, int augmented) {
    Map<String, Picture> pictures = new LinkedHashMap<>();
    Map<String, Integer> views = new LinkedHashMap<>();
    for (List<Picture> part : List.of(split.train(), split.validation(), split.test())) {
      for (Picture picture : part) {
        pictures.put(picture.name(), picture);
        views.put(picture.name(), 1);
      }
    }
    split.train().forEach(picture -> views.put(picture.name(), 1 + augmented));
    return new FeaturePlan(pictures, views);
  }

  /** Returns the numbers of a picture's views. */
  List<Integer> viewsOf(Picture picture) {
    return IntStream.range(0, views.getOrDefault(picture.name(), 0)).boxed().toList();
  }

  /** Returns the number of views of all pictures. */
  int rows() {
    return views.values().stream().mapToInt(Integer::intValue).sum();
  }
}
