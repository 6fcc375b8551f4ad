package org.hpo4j.storage.optuna;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hpo4j.json.Json;
import org.hpo4j.space.CategoricalDomain;
import org.hpo4j.space.Domain;
import org.hpo4j.space.IntegerDomain;
import org.hpo4j.space.OrdinalDomain;
import org.hpo4j.space.RealDomain;
import org.hpo4j.space.RealDomain.Shape;
import org.jspecify.annotations.Nullable;

/**
 * One of the three distributions that Optuna knows. Every domain has an enclosing one, as {@code
 * docs/format.md} tells, and every distribution a domain that holds its values.
 *
 * @param kind which of the three
 * @param low the lower bound of a number
 * @param high the upper bound of a number
 * @param step the distance of neighbours from {@code low} on; 0 if there is none
 * @param log whether the scale is logarithmic
 * @param choices strings, booleans, numbers or null
 */
record Distribution(
    Kind kind,
    double low,
    double high,
    double step,
    boolean log,
    List<? extends @Nullable Object> choices) {

  /** Optuna's classes. */
  enum Kind {
    FLOAT,
    INT,
    CATEGORICAL
  }

  /** Beyond it a double cannot tell an integer from its neighbours. */
  private static final double LARGEST_INTEGER = 0x1p53;

  // ---- From a domain ----

  /** The text of the enclosing distribution of a domain; short, since each trial repeats it. */
  static String textOf(Domain<?> domain) {
    if (domain instanceof IntegerDomain d) {
      return text("Int", numbers(d.low(), d.high(), d.step() == 1 ? 0 : d.step(), d.log()));
    }
    if (domain instanceof RealDomain d) {
      boolean logShape = d.shape() == Shape.LOG_UNIFORM || d.shape() == Shape.LOG_NORMAL;
      // Optuna has no logarithmic scale with a step, nor one from 0.
      boolean log = logShape && d.low() > 0 && (d.step() == 0 || d.shape() == Shape.LOG_UNIFORM);
      double high = Math.min(d.high(), Double.MAX_VALUE);
      if (log || d.step() == 0) {
        return text("Float", numbers(d.low(), high, 0, log));
      }
      OptunaGrid grid = OptunaGrid.enclosing(d.low(), high, d.step());
      return text("Float", numbers(grid.low(), grid.high(), grid.step(), false));
    }
    return text("Categorical", Map.of("choices", choicesOf(domain)));
  }

  private static String text(String kind, Map<String, Object> attributes) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", kind + "Distribution");
    json.put("attributes", attributes);
    return Json.write(json);
  }

  /** Its text, as {@link #textOf} writes them. */
  String text() {
    return switch (kind) {
      case FLOAT -> text("Float", numbers(low, high, step, log));
      case INT -> text("Int", numbers((long) low, (long) high, step == 1 ? 0 : (long) step, log));
      case CATEGORICAL -> text("Categorical", Map.of("choices", choices));
    };
  }

  /** Optuna's attributes of numbers, without those that have their usual value. */
  private static Map<String, Object> numbers(Number low, Number high, Number step, boolean log) {
    Map<String, Object> attributes = new LinkedHashMap<>();
    attributes.put("low", low);
    attributes.put("high", high);
    if (step.doubleValue() != 0) {
      attributes.put("step", step);
    }
    if (log) {
      attributes.put("log", true);
    }
    return attributes;
  }

  /** The options as JSON values; all as labels unless all have a value that Python tells apart. */
  static List<Object> choicesOf(Domain<?> domain) {
    List<?> options;
    List<String> labels;
    if (domain instanceof CategoricalDomain<?> d) {
      options = d.options();
      labels = d.labels();
    } else if (domain instanceof OrdinalDomain<?> d) {
      options = d.options();
      labels = d.labels();
    } else {
      throw new IllegalArgumentException("has no options: " + domain);
    }
    List<Object> choices = new ArrayList<>();
    for (int i = 0; i < options.size(); i++) {
      Object option = options.get(i);
      boolean plain =
          option instanceof String
              || option instanceof Boolean
              || option instanceof Integer
              || option instanceof Long
              || option instanceof Double;
      Object choice = plain && option.toString().equals(labels.get(i)) ? option : labels.get(i);
      if (choices.stream().anyMatch(earlier -> pythonEquals(earlier, choice))) {
        return new ArrayList<>(labels);
      }
      choices.add(choice);
    }
    return choices;
  }

  // ---- From a text ----

  /**
   * The distribution of a text, also of the names and forms that older versions of Optuna wrote.
   *
   * @throws IllegalArgumentException if it is none
   */
  static Distribution parse(String text) {
    Map<?, ?> json = map(Json.parse(text).orElse(""), text);
    if (json.get("name") instanceof String name) {
      Map<?, ?> a = map(json.get("attributes"), text);
      return switch (name) {
        case "FloatDistribution" -> number(Kind.FLOAT, a, "step", flag(a, "log"), text);
        case "IntDistribution" -> number(Kind.INT, a, "step", flag(a, "log"), text);
        case "CategoricalDistribution" -> categorical(a, text);
        case "UniformDistribution" -> number(Kind.FLOAT, a, "", false, text);
        case "LogUniformDistribution" -> number(Kind.FLOAT, a, "", true, text);
        case "DiscreteUniformDistribution" -> number(Kind.FLOAT, a, "q", false, text);
        case "IntUniformDistribution" -> number(Kind.INT, a, "step", false, text);
        case "IntLogUniformDistribution" -> number(Kind.INT, a, "step", true, text);
        default -> throw unknown(text);
      };
    }
    if (json.get("type") instanceof String type) {
      return switch (type) {
        case "float" -> number(Kind.FLOAT, json, "step", flag(json, "log"), text);
        case "int" -> number(Kind.INT, json, "step", flag(json, "log"), text);
        case "categorical" -> categorical(json, text);
        default -> throw unknown(text);
      };
    }
    throw unknown(text);
  }

  /** Whether a text has one of the names that Optuna 1 and 2 gave to distributions of numbers. */
  static boolean hasOldName(String text) {
    return Json.parse(text).orElse("") instanceof Map<?, ?> json
        && json.get("name") instanceof String name
        && name.endsWith("UniformDistribution");
  }

  private static Map<?, ?> map(@Nullable Object value, String text) {
    if (value instanceof Map<?, ?> map) {
      return map;
    }
    throw unknown(text);
  }

  private static boolean flag(Map<?, ?> attributes, String key) {
    return Boolean.TRUE.equals(attributes.get(key));
  }

  private static Distribution number(
      Kind kind, Map<?, ?> attributes, String stepKey, boolean log, String text) {
    if (attributes.get("low") instanceof Number low
        && attributes.get("high") instanceof Number high
        && low.doubleValue() <= high.doubleValue()) {
      double step = kind == Kind.INT ? 1 : 0;
      if (attributes.get(stepKey) instanceof Number given) {
        step = given.doubleValue();
      }
      return new Distribution(kind, low.doubleValue(), high.doubleValue(), step, log, List.of());
    }
    throw unknown(text);
  }

  private static Distribution categorical(Map<?, ?> attributes, String text) {
    if (attributes.get("choices") instanceof List<?> choices && !choices.isEmpty()) {
      return new Distribution(Kind.CATEGORICAL, 0, 0, 0, false, choices);
    }
    throw unknown(text);
  }

  private static IllegalArgumentException unknown(String text) {
    return new IllegalArgumentException(
        "has an unknown distribution "
            + text
            + "; known are Float-, Int- and CategoricalDistribution");
  }

  // ---- To a domain ----

  /** Whether Optuna lets both distributions stand under one name. */
  boolean isCompatible(Distribution other) {
    if (kind != other.kind || log != other.log || choices.size() != other.choices.size()) {
      return false;
    }
    for (int i = 0; i < choices.size(); i++) {
      if (!pythonEquals(choices.get(i), other.choices.get(i))) {
        return false;
      }
    }
    return true;
  }

  /** Python's {@code ==} of JSON values: True, 1 and 1.0 are equal. */
  private static boolean pythonEquals(@Nullable Object a, @Nullable Object b) {
    Object left = a instanceof Boolean flag ? (Object) (flag ? 1 : 0) : a;
    Object right = b instanceof Boolean flag ? (Object) (flag ? 1 : 0) : b;
    if (left instanceof Number x && right instanceof Number y) {
      return x.doubleValue() == y.doubleValue()
          || (Double.isNaN(x.doubleValue()) && Double.isNaN(y.doubleValue()));
    }
    return left == null ? right == null : left.equals(right);
  }

  /** The smallest distribution that holds the values of both, and {@code value}. */
  Distribution enclosing(Distribution other, double value) {
    return new Distribution(
        kind,
        Math.min(value, Math.min(low, other.low)),
        Math.max(value, Math.max(high, other.high)),
        kind == Kind.INT ? 1 : 0,
        log,
        choices);
  }

  /** All numbers of its range. */
  Distribution withoutStep() {
    return new Distribution(kind, low, high, kind == Kind.INT ? 1 : 0, log, choices);
  }

  /** Whether its {@link #domain}, which has no such steps, has values that are none of its own. */
  boolean isCoarserThan(Domain<?> domain) {
    return domain instanceof RealDomain d && d.step() < step;
  }

  /**
   * A domain that holds all values: the same ones, if there is such a domain.
   *
   * @throws IllegalArgumentException if there is none
   */
  Domain<?> domain() {
    return switch (kind) {
      case CATEGORICAL -> CategoricalDomain.of(optionsByLabel());
      case INT -> integers();
      case FLOAT -> reals(log ? Shape.LOG_UNIFORM : Shape.UNIFORM, low, high, step);
    };
  }

  private Domain<?> integers() {
    if (low >= Integer.MIN_VALUE && high <= Integer.MAX_VALUE && step <= Integer.MAX_VALUE) {
      // A step beyond the range leaves one value.
      int last = step > high - low ? (int) low : (int) high;
      return new IntegerDomain((int) low, last, last == low ? 1 : (int) step, log);
    }
    if (Math.max(Math.abs(low), Math.abs(high)) > LARGEST_INTEGER) {
      throw new IllegalArgumentException(
          "has integers from "
              + low
              + " to "
              + high
              + "; Optuna keeps them as doubles, which are exact up to 2^53 only");
    }
    return reals(log ? Shape.LOG_UNIFORM : Shape.UNIFORM, low, high, step % 1 == 0 ? step : 1);
  }

  /** Grids of ours are multiples of the step; of a grid that is not, the range is taken. */
  private Domain<Double> reals(Shape shape, double from, double to, double grid) {
    if (grid > 0 && to > from) {
      try {
        RealDomain quantized = RealDomain.of(shape, from, to, grid);
        if (quantized.low() == from) {
          return quantized;
        }
      } catch (IllegalArgumentException e) {
        System.getLogger(Distribution.class.getName())
            .log(System.Logger.Level.DEBUG, "no grid of ours: {0}", e.getMessage());
      }
      if (kind == Kind.INT) {
        return RealDomain.of(shape, from, to, 1);
      }
    }
    return RealDomain.of(shape, from, to, 0);
  }

  private Map<String, Object> optionsByLabel() {
    Map<String, Object> options = new LinkedHashMap<>();
    for (Object choice : choices) {
      String label = String.valueOf(choice);
      while (options.containsKey(label)) {
        // As in [1, "1"]; a label must be unique.
        label += " (" + (choice == null ? "null" : choice.getClass().getSimpleName()) + ")";
      }
      options.put(label, choice == null ? "null" : narrowed(choice));
    }
    return options;
  }

  /** Integers as Java's usual type, so that they equal those of a choice in Java. */
  private static Object narrowed(Object choice) {
    return choice instanceof Long n && n == n.intValue() ? (Object) n.intValue() : choice;
  }
}
