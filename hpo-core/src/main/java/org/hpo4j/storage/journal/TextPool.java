package org.hpo4j.storage.journal;

/**
 * One string for all equal texts, found without making a string first: most lines of a journal
 * repeat the worker and the distributions of earlier ones.
 */
final class TextPool {

  private static final int LARGEST = 1 << 16;

  private String[] texts = new String[64];
  private int size;

  String get(char[] chars, int offset, int length) {
    int hash = 0;
    for (int i = offset; i < offset + length; i++) {
      hash = 31 * hash + chars[i];
    }
    int mask = texts.length - 1;
    int slot = (hash ^ hash >>> 15) & mask;
    while (texts[slot] != null) {
      if (texts[slot].hashCode() == hash && equal(texts[slot], chars, offset, length)) {
        return texts[slot];
      }
      slot = (slot + 1) & mask;
    }
    String text = new String(chars, offset, length);
    if (size < LARGEST) {
      texts[slot] = text;
      if (++size > texts.length / 2) {
        grow();
      }
    }
    return text;
  }

  private static boolean equal(String text, char[] chars, int offset, int length) {
    if (text.length() != length) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (text.charAt(i) != chars[offset + i]) {
        return false;
      }
    }
    return true;
  }

  private void grow() {
    String[] old = texts;
    texts = new String[2 * old.length];
    int mask = texts.length - 1;
    for (String text : old) {
      if (text != null) {
        int hash = text.hashCode();
        int slot = (hash ^ hash >>> 15) & mask;
        while (texts[slot] != null) {
          slot = (slot + 1) & mask;
        }
        texts[slot] = text;
      }
    }
  }
}
