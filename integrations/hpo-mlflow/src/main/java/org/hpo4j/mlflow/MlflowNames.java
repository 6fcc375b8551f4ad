package org.hpo4j.mlflow;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.zip.CRC32C;

/** Names and values in the form that every MLflow server takes. */
final class MlflowNames {

  private static final int LONGEST_KEY = 250;
  private static final int LONGEST_PARAMETER = 500;
  private static final int LONGEST_TAG = 5000;
  private static final String CUT = "...";

  private MlflowNames() {}

  /**
   * The key of a parameter, metric or tag: letters, digits, underscores, dashes, dots, spaces and
   * slashes, at most 250, that as a path lead downwards only. Any other name gets underscores in
   * place of what is not allowed and a hash of the exact name behind, so that different names keep
   * different keys.
   */
  static String key(String name) {
    StringBuilder key = new StringBuilder();
    (name.isBlank() ? "_" : name)
        .codePoints()
        .map(c -> isAllowed(c) ? c : '_')
        .forEach(key::appendCodePoint);
    if (key.toString().equals(name) && isPath(name) && name.length() <= LONGEST_KEY) {
      return name;
    }
    String readable =
        isPath(key.toString()) ? key.toString() : key.toString().replaceAll("[/.]", "_");
    String hash = "-" + hash(name);
    return readable.substring(0, Math.min(readable.length(), LONGEST_KEY - hash.length())) + hash;
  }

  private static boolean isAllowed(int c) {
    return Character.isLetterOrDigit(c) || "_-. /".indexOf(c) >= 0;
  }

  /** Whether a server that keeps keys as files would find this one below its folder. */
  private static boolean isPath(String key) {
    for (String part : key.split("/", -1)) {
      if (part.isEmpty() || part.equals(".") || part.equals("..")) {
        return false;
      }
    }
    return true;
  }

  private static String hash(String name) {
    CRC32C sum = new CRC32C();
    sum.update(name.getBytes(StandardCharsets.UTF_8));
    return HexFormat.of().toHexDigits((int) sum.getValue());
  }

  /** A parameter's value: at most 500 characters, the least that any server keeps. */
  static String parameterValue(String value) {
    return cut(value, LONGEST_PARAMETER);
  }

  /** A tag's value: at most 5,000 characters. */
  static String tagValue(String value) {
    return cut(value, LONGEST_TAG);
  }

  private static String cut(String value, int longest) {
    return value.length() <= longest ? value : value.substring(0, longest - CUT.length()) + CUT;
  }

  /** A number as protobuf's JSON writes it: what JSON lacks is text. */
  static Object number(double value) {
    return Double.isFinite(value) ? (Object) value : Double.toString(value);
  }
}
