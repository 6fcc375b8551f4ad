package org.hpo4j.json;

import java.io.OutputStream;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.PrettyPrinter;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.StreamWriteConstraints;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.core.util.Separators;

/**
 * Plain values as JSON text: strings, booleans, numbers, lists, string-keyed maps and, inside them,
 * null. Numbers read are {@link Long} or {@link Double}; NaN and the infinities are written and
 * read as the bare tokens that Python's json module uses. Text is ASCII. For the library's own
 * packages; not part of the API.
 */
public final class Json {

  /** What a thread's stack has room for many times over; Python stops at about 1,000. */
  private static final int DEEPEST = 2_000;

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .disable(JsonWriteFeature.WRITE_NAN_AS_STRINGS)
          .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
          .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
          // The shortest text of a double, which Double.toString gives only from Java 19 on.
          .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
          // Other programs write names and integers of any length, and may nest deeper than
          // Jackson's 500.
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxStringLength(Integer.MAX_VALUE)
                  .maxNameLength(Integer.MAX_VALUE)
                  .maxNumberLength(Integer.MAX_VALUE)
                  .maxNestingDepth(DEEPEST)
                  .build())
          .streamWriteConstraints(StreamWriteConstraints.builder().maxNestingDepth(DEEPEST).build())
          .build();

  private static final ObjectWriteContext INDENTED =
      new ObjectWriteContext.Base() {
        @Override
        public boolean hasPrettyPrinter() {
          return true;
        }

        @Override
        public PrettyPrinter getPrettyPrinter() {
          // The line feed is named because the default is the platform's.
          return new DefaultPrettyPrinter(
                  Separators.createDefaultInstance()
                      .withObjectNameValueSpacing(Separators.Spacing.AFTER))
              .withObjectIndenter(new DefaultIndenter("  ", "\n"));
        }
      };

  private Json() {}

  /**
   * The text of a value.
   *
   * @throws IllegalArgumentException if the value, or one inside it, is of another type
   */
  public static String write(@Nullable Object value) {
    StringWriter text = new StringWriter();
    try (JsonGenerator generator = FACTORY.createGenerator(ObjectWriteContext.empty(), text)) {
      write(generator, value);
    }
    return text.toString();
  }

  /**
   * The text of a value over several lines, for people.
   *
   * @throws IllegalArgumentException if the value, or one inside it, is of another type
   */
  public static String writeIndented(@Nullable Object value) {
    StringWriter text = new StringWriter();
    try (JsonGenerator generator = FACTORY.createGenerator(INDENTED, text)) {
      write(generator, value);
    }
    return text.toString();
  }

  /** A generator of UTF-8 text that starts at the stream's current end. */
  public static JsonGenerator generator(OutputStream out) {
    return FACTORY.createGenerator(ObjectWriteContext.empty(), out);
  }

  /**
   * Writes a value as part of a larger text.
   *
   * @throws IllegalArgumentException if the value, or one inside it, cannot be kept as JSON
   */
  public static void write(JsonGenerator generator, @Nullable Object value) {
    if (value == null) {
      generator.writeNull();
    } else if (value instanceof String text) {
      generator.writeString(text);
    } else if (value instanceof Boolean flag) {
      generator.writeBoolean(flag);
    } else if (value instanceof Integer || value instanceof Long || value instanceof Short) {
      generator.writeNumber(((Number) value).longValue());
    } else if (value instanceof Float || value instanceof Double) {
      generator.writeNumber(((Number) value).doubleValue());
    } else if (value instanceof List<?> list) {
      generator.writeStartArray();
      for (Object element : list) {
        write(generator, element);
      }
      generator.writeEndArray();
    } else if (value instanceof Map<?, ?> map) {
      generator.writeStartObject();
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        if (!(entry.getKey() instanceof String key)) {
          throw new IllegalArgumentException("a map's keys must be strings, got " + entry.getKey());
        }
        generator.writeName(key);
        write(generator, entry.getValue());
      }
      generator.writeEndObject();
    } else {
      throw new IllegalArgumentException(
          "only strings, booleans, numbers, lists and maps can be kept, got "
              + value.getClass().getName());
    }
  }

  /**
   * The value of a text.
   *
   * @return empty for the text {@code null}
   * @throws IllegalArgumentException if the text is not one JSON value
   */
  public static Optional<Object> parse(String text) {
    try {
      return parseAsItIs(text);
    } catch (JacksonException e) {
      Optional<String> unescaped = LoneSurrogates.unescape(text);
      try {
        return parseAsItIs(unescaped.orElseThrow(() -> e));
      } catch (JacksonException again) {
        throw new IllegalArgumentException("not JSON: " + e.getOriginalMessage(), e);
      }
    }
  }

  private static Optional<Object> parseAsItIs(String text) {
    try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), text)) {
      if (parser.nextToken() == null) {
        throw new IllegalArgumentException("no JSON value in '" + text + "'");
      }
      Optional<Object> value = Optional.ofNullable(read(parser));
      if (parser.nextToken() != null) {
        throw new IllegalArgumentException("more than one JSON value");
      }
      return value;
    }
  }

  /** A parser of UTF-8 text, which refuses names with an escape of half a surrogate pair. */
  public static JsonParser parser(byte[] text, int offset, int length) {
    return FACTORY.createParser(ObjectReadContext.empty(), text, offset, length);
  }

  /** A parser that takes such names; empty if the text has no such escape. */
  public static Optional<JsonParser> tolerantParser(byte[] text, int offset, int length) {
    return LoneSurrogates.unescape(text, offset, length)
        .map(unescaped -> FACTORY.createParser(ObjectReadContext.empty(), unescaped));
  }

  /** The value that starts at the parser's current token; null for the text {@code null}. */
  public static @Nullable Object read(JsonParser parser) {
    JsonToken token = parser.currentToken();
    return switch (token) {
      case VALUE_NULL -> null;
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_STRING -> parser.getString();
      case VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
      case VALUE_NUMBER_INT ->
          parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER
              ? (Object) parser.getDoubleValue()
              : (Object) parser.getLongValue();
      case START_ARRAY -> {
        List<@Nullable Object> list = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          list.add(read(parser));
        }
        yield list;
      }
      case START_OBJECT -> {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
          String name = parser.currentName();
          parser.nextToken();
          map.put(name, read(parser));
        }
        yield map;
      }
      default -> throw new IllegalArgumentException("not JSON: unexpected " + token);
    };
  }
}
