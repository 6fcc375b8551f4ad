package org.hpo4j.examples.documents.data;

/**
 * Something that can be put on a form.
 *
 * @param width in pixels
 * @param height in pixels
 * @param drawing draws it with its upper left corner at the given point
 */
record Piece(double width, double height, Drawing drawing) {

  interface Drawing {
    void at(double x, double y);
  }
}
