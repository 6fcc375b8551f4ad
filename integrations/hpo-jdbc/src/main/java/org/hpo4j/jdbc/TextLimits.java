package org.hpo4j.jdbc;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hpo4j.json.Json;
import org.hpo4j.json.Names;
import org.hpo4j.space.Parameter;
import org.hpo4j.storage.StudyChange;
import org.hpo4j.storage.optuna.AttributeKeys;
import org.hpo4j.storage.optuna.DomainJson;

/**
 * How long texts may be, and which characters names may have.
 *
 * @param longestText how many bytes the longest value of an attribute may have
 * @param columns what the columns of names can hold
 */
record TextLimits(int longestText, NameColumns columns) {

  private static final int MOST_BYTES_A_CHAR = 3;

  /** As JSON: backslash, u and four digits. */
  private static final int MOST_BYTES_ESCAPED = 6;

  /** What stands around the message of a failure. */
  private static final int FRAME = 200;

  private static final String MESSAGE = "message";

  private static final Pattern SHORTENED =
      Pattern.compile("\\.\\.\\. \\(shortened from (\\d+) characters\\)$");

  /**
   * Checks the name of something.
   *
   * @throws IllegalArgumentException if its column cannot hold it
   */
  void requireName(String what, NameColumns.Column column, String name) {
    requireName(what, column, name, Names.LONGEST);
  }

  private void requireName(String what, NameColumns.Column column, String name, int longest) {
    int length = name.codePointCount(0, name.length());
    if (length > longest) {
      throw new IllegalArgumentException(
          what
              + " name must have at most "
              + longest
              + " characters, got "
              + length
              + ": '"
              + name
              + "'");
    }
    if (name.indexOf('\0') >= 0) {
      throw new IllegalArgumentException(
          what + " name must not contain the character U+0000, got '" + name + "'");
    }
    columns.require(what, column, name);
  }

  /**
   * Checks a parameter, whose domain is kept as an attribute of the study.
   *
   * @throws IllegalArgumentException if the columns of that cannot hold it
   */
  private void requireParameter(Parameter<?> parameter) {
    String name = parameter.name();
    int longest = Names.LONGEST - AttributeKeys.DOMAIN.length();
    requireName("parameter", NameColumns.PARAMETER, name, longest);
    columns.require("parameter", keysOf(Row.STUDY_SYSTEM_ATTRIBUTE), name);
    requireText("the domain of parameter '" + name + "'", Json.write(DomainJson.write(parameter)));
  }

  private static NameColumns.Column keysOf(Row kind) {
    return NameColumns.keysOf(kind.table());
  }

  /** A failure whose message is cut off where its column could not hold it. */
  private Object shortened(Object failure) {
    int most = (longestText - FRAME) / MOST_BYTES_ESCAPED;
    if (!(failure instanceof Map<?, ?> map)
        || !(map.get(MESSAGE) instanceof String message)
        || message.length() <= most) {
      return failure;
    }
    Map<Object, Object> shorter = new LinkedHashMap<>(map);
    // It may have been shortened before.
    Matcher earlier = SHORTENED.matcher(message);
    String length = earlier.find() ? earlier.group(1) : Integer.toString(message.length());
    int end = Character.isHighSurrogate(message.charAt(most - 1)) ? most - 1 : most;
    shorter.put(
        MESSAGE, message.substring(0, end) + "... (shortened from " + length + " characters)");
    return shorter;
  }

  /**
   * Checks what is known of a change long before it is written; see {@link
   * org.hpo4j.storage.StudyStorage#requireStorable}.
   *
   * @throws IllegalArgumentException if its columns cannot hold it
   */
  void requireStorable(StudyChange change) {
    if (change instanceof StudyChange.SetTrialAttribute set) {
      attribute(Row.TRIAL_USER_ATTRIBUTE, set.key(), set.value());
    } else if (change instanceof StudyChange.KeepStudySystemAttribute keep) {
      attribute(Row.STUDY_SYSTEM_ATTRIBUTE, keep.key(), keep.value());
    } else if (change instanceof StudyChange.SetStudySystemAttribute set) {
      attribute(Row.STUDY_SYSTEM_ATTRIBUTE, set.key(), set.value());
    } else if (change instanceof StudyChange.Report report) {
      String key = AttributeKeys.report(report.step(), report.metric());
      requireName("attribute", keysOf(Row.TRIAL_SYSTEM_ATTRIBUTE), key);
    } else if (change instanceof StudyChange.SetParameter set) {
      requireParameter(set.parameter());
    }
  }

  /**
   * The value of an attribute as JSON.
   *
   * @throws IllegalArgumentException if its columns cannot hold it
   */
  String attribute(Row kind, String key, Object value) {
    String json = Json.write(key.equals(AttributeKeys.FAILURE) ? shortened(value) : value);
    requireName("attribute", keysOf(kind), key);
    requireText("attribute '" + key + "'", json);
    return json;
  }

  /**
   * Checks a text.
   *
   * @throws IllegalArgumentException if its column cannot hold it
   */
  void requireText(String what, String text) {
    if (text.length() <= longestText / MOST_BYTES_A_CHAR) {
      return;
    }
    int bytes = text.getBytes(StandardCharsets.UTF_8).length;
    if (bytes > longestText) {
      throw new IllegalArgumentException(
          what
              + " must have at most "
              + longestText
              + " bytes as JSON in this database, got "
              + bytes);
    }
  }
}
