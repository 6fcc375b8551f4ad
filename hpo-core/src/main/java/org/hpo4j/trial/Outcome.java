package org.hpo4j.trial;

import java.util.List;
import java.util.Objects;

/** How a trial ended. */
public sealed interface Outcome {

  /**
   * The trial ended with a value for each objective; infinite ones are legal.
   *
   * @param values one number, not NaN, an objective
   */
  record Completed(List<Double> values) implements Outcome {
    /** Checks the values. */
    public Completed {
      values = List.copyOf(values);
      if (values.isEmpty() || values.contains(Double.NaN)) {
        throw new IllegalArgumentException(
            "an outcome needs one number an objective, none of them NaN; got " + values);
      }
    }

    /** The value of a study with one objective. */
    public double value() {
      return values.get(0);
    }
  }

  /** The trial was given up; its last report stands for its value. */
  record Pruned() implements Outcome {}

  /**
   * The trial ended without a value.
   *
   * @param reason the kind of failure
   * @param message what happened, in words
   */
  record Failed(FailureReason reason, String message) implements Outcome {

    /** The reason must not be null; of a message that is, as many exceptions have, none is kept. */
    public Failed {
      Objects.requireNonNull(reason, "reason");
      message = Objects.requireNonNullElse(message, "");
    }
  }

  /** An outcome with one value. */
  static Outcome completed(double value) {
    return new Completed(List.of(value));
  }

  /** A pruned outcome. */
  static Outcome pruned() {
    return new Pruned();
  }

  /** A failed outcome. */
  static Outcome failed(FailureReason reason, String message) {
    return new Failed(reason, message);
  }

  /** The state of a trial with this outcome. */
  default TrialState state() {
    if (this instanceof Completed) {
      return TrialState.COMPLETE;
    }
    return this instanceof Pruned ? TrialState.PRUNED : TrialState.FAILED;
  }
}
