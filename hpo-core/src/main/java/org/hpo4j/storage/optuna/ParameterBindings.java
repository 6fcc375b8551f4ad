package org.hpo4j.storage.optuna;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.hpo4j.json.Names;
import org.hpo4j.space.Domain;
import org.hpo4j.space.Parameter;
import org.hpo4j.space.RealDomain;
import org.hpo4j.storage.optuna.Distribution.Kind;
import org.hpo4j.trial.TrialTable;
import org.jspecify.annotations.Nullable;

/** The parameters of a study as its journal knows them: by name, with Optuna's distributions. */
final class ParameterBindings {

  /** What a name stands for. */
  private static final class Binding {
    final int column;
    Distribution distribution;

    /** The text that the first line for this parameter has. */
    final String text;

    /** The text that the next one gets: of a distribution that has all values of the domain. */
    String next;

    /** The last other text, with its meaning: a program that formats otherwise repeats itself. */
    String otherText = "";

    Distribution other;

    /**
     * Whether the study tells the domain itself, so that no value of another program changes it.
     */
    final boolean exact;

    /** Whether it was told that a value has no place in it. */
    boolean warned;

    Binding(int column, Distribution distribution, String text, boolean exact) {
      this.column = column;
      this.distribution = distribution;
      this.text = text;
      this.next = text;
      this.other = distribution;
      this.exact = exact;
    }
  }

  private static final System.Logger LOG = System.getLogger(ParameterBindings.class.getName());

  private final TrialTable table;
  private final Map<String, Binding> bindings = new HashMap<>();

  ParameterBindings(TrialTable table) {
    this.table = table;
  }

  boolean contains(String name) {
    return bindings.containsKey(name);
  }

  /** Takes in an exact domain, as the study keeps it. */
  void define(String name, @Nullable Object json) {
    if (!contains(name)) {
      Parameter<?> parameter = DomainJson.read(name, json);
      String text = Distribution.textOf(parameter.domain());
      bindings.put(name, new Binding(column(parameter), Distribution.parse(text), text, true));
    }
  }

  private int column(Parameter<?> parameter) {
    int column = table.columnOf(parameter.name());
    if (column < 0) {
      return table.define(parameter);
    }
    // Known from the user, with the options themselves: keep these, unless another process wrote
    // another domain first; then the file is right, and the user's next use of the name fails.
    if (!table.parameter(column).domain().equals(parameter.domain())) {
      table.widen(parameter);
    }
    return column;
  }

  /**
   * Whether another program has changed the range of a parameter since a value was chosen, which is
   * in the new one too: what a trial has found must not be lost for that.
   */
  boolean wasWidened(Parameter<?> chosen, double code) {
    Binding binding = bindings.get(chosen.name());
    if (binding == null || binding.exact || binding.distribution.kind() == Kind.CATEGORICAL) {
      return false;
    }
    Domain<?> domain = table.parameter(binding.column).domain();
    return domain.getClass() == chosen.domain().getClass()
        && !domain.equals(chosen.domain())
        && domain.contains(code);
  }

  /** The text that a line with this parameter has. */
  String text(Parameter<?> parameter) {
    Binding binding = bindings.get(parameter.name());
    return binding == null ? Distribution.textOf(parameter.domain()) : binding.next;
  }

  /**
   * A value as Optuna knows it: an option of a parameter that is known is one of its distribution,
   * whatever its label here is.
   */
  @Nullable Object ofOptuna(String name, Object value) {
    int column = table.columnOf(name);
    if (column < 0 || table.parameter(column).domain() instanceof RealDomain) {
      return value;
    }
    Parameter<?> parameter = table.parameter(column);
    Binding binding = bindings.get(name);
    Distribution distribution =
        binding == null
            ? Distribution.parse(Distribution.textOf(parameter.domain()))
            : binding.distribution;
    return distribution.kind() == Kind.CATEGORICAL
        ? distribution.choices().get((int) parameter.encode(value))
        : value;
  }

  /**
   * Gives a trial a value that was read, or leaves it out if it has no place here.
   *
   * @param strict whether Optuna refuses a value of an incompatible distribution, so that it is no
   *     value at all
   * @throws IllegalArgumentException if no program can have written that, naming the parameter
   * @throws UnusableNameException if no parameter can have this name
   */
  void set(int number, String name, String text, double internal, boolean strict) {
    Binding binding = bindings.get(name);
    try {
      if (binding == null) {
        binding = bind(name, text);
      } else if (!text.equals(binding.text)) {
        if (!text.equals(binding.otherText)) {
          binding.other = Distribution.parse(text);
          binding.otherText = text;
        }
        if (!binding.distribution.isCompatible(binding.other)) {
          if (!strict) {
            tellLeftOut(binding, number, "a value of " + text);
          }
          return;
        }
      }
      double code = code(binding, text, internal);
      if (Double.isNaN(code)) {
        tellLeftOut(binding, number, "the value " + internal);
      } else {
        table.set(number, table.parameter(binding.column), code);
      }
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("parameter '" + name + "' " + e.getMessage(), e);
    }
  }

  private void tellLeftOut(Binding binding, int number, String value) {
    if (!binding.warned) {
      binding.warned = true;
      Parameter<?> parameter = table.parameter(binding.column);
      LOG.log(
          System.Logger.Level.WARNING,
          "parameter {0} has {1} in trial {2}, which another program has chosen; it has no place in"
              + " {3}; such values are left out here",
          parameter.name(),
          value,
          number,
          parameter.domain().describe());
    }
  }

  /** Optuna leaves out a value whose distribution has not the name of the first one. */
  private static String text(Binding binding, Distribution distribution) {
    return Distribution.hasOldName(binding.text) ? binding.text : distribution.text();
  }

  private Binding bind(String name, String text) {
    try {
      Names.require("a parameter's name", name);
    } catch (IllegalArgumentException e) {
      throw new UnusableNameException(e);
    }
    Distribution distribution = Distribution.parse(text);
    Parameter<?> parameter = Parameter.of(name, distribution.domain());
    Binding binding = new Binding(column(parameter), distribution, text, false);
    if (distribution.isCoarserThan(parameter.domain())) {
      binding.next = text(binding, distribution.withoutStep());
    }
    bindings.put(name, binding);
    return binding;
  }

  /**
   * The code of a value; NaN if it has no place in the domain, which the study tells exactly or
   * which no other domain can have it in.
   */
  private double code(Binding binding, String text, double internal) {
    Domain<?> domain = table.parameter(binding.column).domain();
    if (domain.contains(internal)) {
      return internal;
    }
    Distribution known = binding.distribution;
    if (known.kind() == Kind.CATEGORICAL) {
      // Python counts negative indices from the end.
      double index = internal < 0 ? internal + known.choices().size() : internal;
      if (domain.contains(index)) {
        return index;
      }
      throw new IllegalArgumentException(
          "has option " + internal + " of " + known.choices().size());
    }
    if (!Double.isFinite(internal)) {
      return Double.NaN;
    }
    double value = known.kind() == Kind.INT ? (double) (long) internal : internal;
    if (domain instanceof RealDomain real && real.step() > 0) {
      // Optuna computes low + k step, which may differ in the last digits, and knows no steps on a
      // logarithmic scale, where it draws a value between two of them.
      double multiple =
          BigDecimal.valueOf(real.step())
              .multiply(BigDecimal.valueOf(Math.round(value / real.step())))
              .doubleValue();
      boolean isNear = binding.exact || Math.abs(multiple - value) <= 1e-8 * real.step();
      if (isNear && real.contains(multiple)) {
        return multiple;
      }
    }
    if (domain.contains(value)) {
      return value;
    }
    if (binding.exact) {
      return Double.NaN;
    }
    // Optuna lets ranges change in the middle of a study.
    Distribution wider = known.enclosing(Distribution.parse(text), value);
    Optional<Domain<?>> enclosing = domain(wider);
    if (enclosing.isEmpty()) {
      return Double.NaN;
    }
    binding.distribution = wider;
    binding.next = text(binding, wider);
    table.widen(Parameter.of(table.parameter(binding.column).name(), enclosing.get()));
    return value;
  }

  /** The domain of a distribution, unless it reaches beyond all that a domain can have. */
  private static Optional<Domain<?>> domain(Distribution distribution) {
    try {
      return Optional.of(distribution.domain());
    } catch (IllegalArgumentException e) {
      LOG.log(System.Logger.Level.DEBUG, "{0}: {1}", distribution.text(), e.getMessage());
      return Optional.empty();
    }
  }
}
