package org.hpo4j.json;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Escapes of half a surrogate pair, such as {@code \ud800}. Python's json module writes them, and
 * Jackson refuses them in names; the bare character it takes.
 */
final class LoneSurrogates {

  /** Any escape, so that a backslash which is escaped itself begins none. */
  private static final Pattern ESCAPE =
      Pattern.compile("\\\\(?:u([dD][89a-fA-F][0-9a-fA-F]{2})|.)", Pattern.DOTALL);

  private LoneSurrogates() {}

  /** The same JSON with characters in the place of the escapes; empty if there are none. */
  static Optional<String> unescape(String json) {
    boolean found = false;
    StringBuilder text = new StringBuilder(json.length());
    Matcher escape = ESCAPE.matcher(json);
    while (escape.find()) {
      String code = escape.group(1);
      found |= code != null;
      escape.appendReplacement(
          text,
          code == null
              ? Matcher.quoteReplacement(escape.group())
              : String.valueOf((char) Integer.parseInt(code, 16)));
    }
    return found ? Optional.of(escape.appendTail(text).toString()) : Optional.empty();
  }

  /** The same of UTF-8 text; empty also if it is none. */
  static Optional<String> unescape(byte[] json, int offset, int length) {
    try {
      // Unlike the String constructor, it replaces no bytes that mean nothing.
      return unescape(
          StandardCharsets.UTF_8
              .newDecoder()
              .decode(ByteBuffer.wrap(json, offset, length))
              .toString());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }
}
