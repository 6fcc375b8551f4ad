package org.hpo4j.examples.documents.data;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * What can be on a generated form. A mask marks the area that a thing takes up, the paper between
 * its strokes included, as somebody would outline it by hand.
 *
 * <p>A study of {@code n} classes has the first {@code n}; the rest isn't drawn.
 */
public enum FormClass {
  PRINTED_TEXT,
  ORDER_NUMBER,
  TABLE,
  SIGNATURE,
  ROUND_STAMP,
  RECTANGULAR_STAMP,
  HANDWRITING,
  HEADING,
  DATE,
  TABLE_HEADER,
  FIELD_LINE,
  FIELD_LABEL,
  CHECK_BOX,
  CHECK_MARK,
  BARCODE,
  MATRIX_CODE,
  LOGO,
  AMOUNT,
  PAGE_NUMBER,
  STRIKEOUT,
  PUNCH_HOLE;

  /** Returns the number of the class's mask. */
  @SuppressWarnings("EnumOrdinal") // The order of the constants is what it says.
  int number() {
    return ordinal();
  }

  /** Returns the lower-case name with blanks. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  /** Returns the labels of the first classes. */
  static List<String> labels(int count) {
    return Stream.of(values()).limit(count).map(FormClass::label).toList();
  }
}
