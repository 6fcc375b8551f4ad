package org.hpo4j.json;

/** What every storage can keep a thing under, and every program read again. */
public final class Names {

  /**
   * The longest name, in characters of Unicode, that the relational storages of the field can hold.
   */
  public static final int LONGEST = 512;

  private static final int LONGEST_EXCERPT = 80;

  private Names() {}

  /**
   * A name that can be kept.
   *
   * @param what what is named so, as the subject of a sentence
   * @throws IllegalArgumentException if the name has not 1 to {@value #LONGEST} characters, is
   *     blank, or is no Unicode text
   */
  public static String require(String what, String name) {
    int length = name.codePointCount(0, name.length());
    if (name.isBlank() || length > LONGEST) {
      throw new IllegalArgumentException(
          what
              + " must have 1 to "
              + LONGEST
              + " characters, not all blank; got "
              + length
              + ": '"
              + excerpt(name)
              + "'");
    }
    return requireUnicode(what, name);
  }

  /**
   * Text that has an encoding in UTF-8.
   *
   * @throws IllegalArgumentException if half of a surrogate pair is in it, as where text was cut
   */
  public static String requireUnicode(String what, String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isSurrogate(c)) {
        if (Character.isHighSurrogate(c)
            && i + 1 < text.length()
            && Character.isLowSurrogate(text.charAt(i + 1))) {
          i++;
        } else {
          throw new IllegalArgumentException(
              what
                  + " must be Unicode text; got '"
                  + excerpt(text)
                  + "', whose character "
                  + i
                  + " is \\u"
                  + Integer.toHexString(c)
                  + ", half of a surrogate pair");
        }
      }
    }
    return text;
  }

  /** The beginning of a text that may be long. */
  public static String excerpt(String text) {
    return text.length() <= LONGEST_EXCERPT ? text : text.substring(0, LONGEST_EXCERPT) + "...";
  }
}
