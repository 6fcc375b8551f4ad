package org.hpo4j.examples.flowers.features;

import java.io.IOException;
import org.hpo4j.examples.flowers.data.Picture;

/** The features of pictures in their fixed views. */
public interface Features {

  /** Returns the number of features. */
  int size();

  /**
   * Returns the features of one view; not to be changed.
   *
   * @param view number of the view, 0 for the plain one
   * @throws IOException if the picture can't be read
   */
  float[] of(Picture picture, int view) throws IOException;
}
