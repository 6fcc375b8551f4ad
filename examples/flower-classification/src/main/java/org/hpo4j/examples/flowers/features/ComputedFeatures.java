package org.hpo4j.examples.flowers.features;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.hpo4j.examples.flowers.data.Normalization;
import org.hpo4j.examples.flowers.data.Picture;
import org.hpo4j.examples.flowers.data.Views;

/**
 * Features that are computed each time they are asked for.
 *
 * @param views of the pictures
 * @param normalization what the extractor reads
 * @param extractor the frozen network; the caller closes it
 */
public record ComputedFeatures(Views views, Normalization normalization, Extractor extractor)
    implements Features {

  @Override
  public int size() {
    return extractor.size();
  }

  @Override
  public float[] of(Picture picture, int view) throws IOException {
    return of(picture, List.of(view)).get(0);
  }

  /** Returns the features of several views of one picture, in their order. */
  List<float[]> of(Picture picture, List<Integer> numbers) throws IOException {
    List<float[]> images = new ArrayList<>();
    for (int number : numbers) {
      images.add(normalization.apply(views.image(picture, number)));
    }
    return extractor.extract(images);
  }
}
