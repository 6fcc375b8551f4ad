package org.hpo4j.study;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.atomic.AtomicBoolean;
import org.hpo4j.json.Names;
import org.hpo4j.sampler.SamplerContext;
import org.hpo4j.space.Configuration;
import org.hpo4j.space.Domain;
import org.hpo4j.space.Parameter;
import org.hpo4j.space.SearchSpace;
import org.hpo4j.trial.TrialTable;
import org.jspecify.annotations.Nullable;

/** What a user has fixed for a trial that waits, and how the rest is filled in. */
final class EnqueuedValues {

  private static final System.Logger LOG = System.getLogger(EnqueuedValues.class.getName());

  /** How often the values that were not enqueued are redrawn to satisfy the constraints. */
  private static final int MOST_COMPLETIONS = 10_000;

  /** What Python's None, an option of a choice, is here; see {@code docs/format.md}. */
  private static final String NONE = "null";

  private EnqueuedValues() {}

  // ---- As they are kept ----

  /**
   * A value as every storage gives it back.
   *
   * @param known the parameter, if its domain is known
   * @throws IllegalArgumentException if the value is null or not in the domain
   */
  static Object plain(String name, @Nullable Object value, Optional<Parameter<?>> known) {
    Names.require("a parameter's name", name);
    if (value == null) {
      throw new IllegalArgumentException("parameter '" + name + "': the value is null");
    }
    if (known.isPresent()) {
      return plain(known.get().domain(), known.get().encode(value));
    }
    if (isPlain(value)) {
      return value;
    }
    if (value instanceof Number number) {
      return plain(number);
    }
    return value instanceof Enum<?> constant ? constant.name() : value.toString();
  }

  /** The value of a code, unless it is an option that cannot be kept or has another label. */
  private static Object plain(Domain<?> domain, double code) {
    Object value = domain.decode(code);
    String label = domain.label(code);
    return isPlain(value) && label.equals(value.toString()) ? value : label;
  }

  private static Number plain(Number number) {
    String digits = number.toString();
    if (digits.matches("-?\\d{1,18}")) {
      return Long.valueOf(digits);
    }
    // 0.1f is 0.1 to whoever wrote it.
    boolean isExact = !(number instanceof Float || number instanceof BigDecimal);
    return isExact ? number.doubleValue() : Double.parseDouble(digits);
  }

  private static boolean isPlain(Object value) {
    return value instanceof Integer
        || value instanceof Long
        || value instanceof Double
        || value instanceof Boolean
        || value instanceof String;
  }

  // ---- As they are read ----

  /** Those of a trial, by the names of parameters. */
  static Map<String, Object> of(TrialTable table, int number) {
    Map<String, Object> fixed = new LinkedHashMap<>();
    Object stored = table.systemAttribute(number, TrialTable.FIXED_PARAMETERS).orElse(Map.of());
    if (stored instanceof Map<?, ?> map) {
      map.forEach((name, value) -> fixed.put(String.valueOf(name), value == null ? NONE : value));
    }
    return fixed;
  }

  /**
   * Those that are in the domains of their parameters, as far as the declared space tells them.
   * Another program may enqueue others, which it would even use; they are left out here.
   */
  static Map<String, Object> inDomains(
      Map<String, Object> fixed, SearchSpace space, int number, System.Logger.Level level) {
    Map<String, Object> usable = new LinkedHashMap<>(fixed);
    fixed.forEach(
        (name, value) ->
            space
                .parameter(name)
                .filter(parameter -> code(parameter, value).isEmpty())
                .ifPresent(
                    parameter -> {
                      usable.remove(name);
                      tellLeftOut(level, number, parameter, value);
                    }));
    return usable;
  }

  /** Says that a value is not used, since it is in no domain. */
  static void tellLeftOut(
      System.Logger.Level level, int number, Parameter<?> parameter, Object value) {
    LOG.log(
        level,
        "parameter {0} has the value {1} in the waiting trial {2}, which another program or process"
            + " has enqueued; since it is not in {3}, it is left out here and"
            + " sampled",
        parameter.name(),
        value instanceof String ? "'" + value + "'" : value,
        number,
        parameter.domain().describe());
  }

  /** The joint draw as other samplers shall see it: with the enqueued values in their places. */
  static Configuration putInto(Configuration drawn, Map<String, Object> fixed) {
    Configuration.Builder builder = drawn.toBuilder();
    for (Parameter<?> parameter : drawn.parameters()) {
      Object value = fixed.get(parameter.name());
      if (value != null) {
        code(parameter, value).ifPresent(code -> builder.put(parameter, code));
      }
    }
    return builder.build();
  }

  /** The code of a value; empty if it is not in the domain. */
  static OptionalDouble code(Parameter<?> parameter, Object value) {
    try {
      return OptionalDouble.of(parameter.encode(value));
    } catch (IllegalArgumentException e) {
      LOG.log(System.Logger.Level.DEBUG, "{0}: {1}", parameter.name(), e.getMessage());
      return OptionalDouble.empty();
    }
  }

  /** Whether a configuration has a value of each parameter of a space that is active with them. */
  static boolean isWhole(Configuration values, SearchSpace space) {
    AtomicBoolean whole = new AtomicBoolean(true);
    space.walk(
        parameter -> {
          int index = values.indexOf(parameter.name());
          if (index < 0) {
            whole.set(false);
            return parameter.defaultCode();
          }
          return values.code(index);
        });
    return whole.get();
  }

  /**
   * A whole configuration with these values, the sampler's for the rest, redrawn if need be.
   *
   * @throws IllegalArgumentException if a value is not in its domain, or none satisfies the
   *     constraints
   */
  static Configuration complete(
      SearchSpace space,
      Map<String, Object> fixed,
      Configuration suggested,
      SamplerContext context) {
    var random = context.random("completion");
    for (int attempt = 0; attempt < MOST_COMPLETIONS; attempt++) {
      boolean redraw = attempt > 0;
      Configuration configuration =
          space.walk(
              parameter -> {
                Object value = fixed.get(parameter.name());
                if (value != null) {
                  return parameter.encode(value);
                }
                int index = suggested.indexOf(parameter.name());
                return index < 0 || redraw
                    ? parameter.domain().fromUnit(random.nextDouble())
                    : suggested.code(index);
              });
      if (space.satisfies(configuration)) {
        return configuration;
      }
    }
    throw new IllegalArgumentException(
        "no configuration with the enqueued values "
            + fixed
            + " satisfies the constraints "
            + space.constraints());
  }

  /**
   * Checks that values can be enqueued in the declared space.
   *
   * @throws IllegalArgumentException if one is not in the space, or no configuration with them
   *     satisfies the constraints
   */
  static void requireFit(Map<String, ?> values, TrialTable table, SamplerContext context) {
    Optional<SearchSpace> space = context.space();
    if (space.isEmpty()) {
      values.forEach(
          (name, value) -> {
            int column = table.columnOf(name);
            if (column >= 0) {
              table.parameter(column).encode(value);
            }
          });
      return;
    }
    values.forEach(
        (name, value) ->
            space
                .get()
                .parameter(name)
                .orElseThrow(
                    () ->
                        new IllegalArgumentException(
                            "parameter '"
                                + name
                                + "' is not in the declared space\n"
                                + space.get()))
                .encode(value));
    complete(space.get(), new LinkedHashMap<>(values), Configuration.empty(), context);
  }
}
