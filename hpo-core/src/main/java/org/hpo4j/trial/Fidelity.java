package org.hpo4j.trial;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;

/**
 * How far a trial shall train, as a multi-fidelity scheduler such as Hyperband has decided, and
 * what it goes on from.
 *
 * <p>A resource is whatever the objective spends: epochs, steps, rows of data. A trial that is
 * promoted is not continued: a new trial with the same values takes up its parent's checkpoint.
 *
 * @param bracket the number of its bracket in the study, counted from 0
 * @param round its rung within the bracket, counted from 0
 * @param initialResource what its parent has spent already; 0 without a parent
 * @param resource what it shall have spent in the end, its parent's share included
 * @param parent the number of the trial that it continues
 */
public record Fidelity(
    int bracket, int round, int initialResource, int resource, OptionalInt parent) {

  /** The trial attribute that keeps it. */
  public static final String ATTRIBUTE = "hpo4j:fidelity";

  /** Checks the numbers. */
  public Fidelity {
    if (bracket < 0 || round < 0) {
      throw new IllegalArgumentException(
          "bracket and round must be at least 0, got " + bracket + " and " + round);
    }
    if (initialResource < 0 || resource <= initialResource) {
      throw new IllegalArgumentException(
          "needs 0 <= initialResource < resource, got " + initialResource + " and " + resource);
    }
    if (parent.isEmpty() != (initialResource == 0)) {
      throw new IllegalArgumentException(
          "a trial with a parent, and no other, has an initial resource; got "
              + initialResource
              + " and "
              + parent);
    }
  }

  /** The same as plain values, for a storage. */
  public Map<String, Object> toAttribute() {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("bracket", (long) bracket);
    values.put("round", (long) round);
    values.put("initial", (long) initialResource);
    values.put("resource", (long) resource);
    parent.ifPresent(number -> values.put("parent", (long) number));
    return values;
  }

  /** Made from plain values. */
  static Fidelity ofAttribute(Object attribute) {
    if (!(attribute instanceof Map<?, ?> values)) {
      throw new IllegalArgumentException("has no fidelity in " + attribute);
    }
    return new Fidelity(
        number(values, "bracket"),
        number(values, "round"),
        number(values, "initial"),
        number(values, "resource"),
        values.containsKey("parent")
            ? OptionalInt.of(number(values, "parent"))
            : OptionalInt.empty());
  }

  private static int number(Map<?, ?> values, String key) {
    if (values.get(key) instanceof Number number && number.intValue() == number.doubleValue()) {
      return number.intValue();
    }
    throw new IllegalArgumentException("has no whole number '" + key + "' in " + values);
  }
}
