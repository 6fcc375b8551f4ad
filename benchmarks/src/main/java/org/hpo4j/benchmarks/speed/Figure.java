package org.hpo4j.benchmarks.speed;

import java.io.IOException;
import java.util.List;
import java.util.Locale;

/**
 * One measured figure.
 *
 * @param library whose
 * @param quantity what was measured
 * @param sampler the sampler: "random", "tpe" or "gp"
 * @param trials trials in the history, or in the study
 * @param value in the quantity's unit
 */
record Figure(String library, Quantity quantity, String sampler, int trials, double value) {

  /** What is measured; less is better in all of them, so a ratio below 1 is the better side. */
  enum Quantity {
    /** Microseconds from one ask to the next, after some trials. */
    ASK("ask and tell, \u00b5s"),
    /** Microseconds of processor time from one ask to the next. */
    ASK_CPU("ask and tell, \u00b5s of CPU"),
    /** Microseconds a trial in a whole study. */
    TRIAL("trial of a whole study, \u00b5s"),
    /** Microseconds of processor time a trial in a whole study. */
    TRIAL_CPU("trial of a whole study, \u00b5s of CPU"),
    /** Bytes of heap that a finished trial holds. */
    HEAP("memory a finished trial, bytes"),
    /** Seconds of a whole study. */
    LARGE_STUDY("whole study, s"),
    /** Microseconds from one ask to the next at the end of a large study. */
    LARGE_ASK("ask and tell at the end of it, \u00b5s"),
    /** Bytes of heap that a finished trial holds, the sampler's share included. */
    LARGE_HEAP("memory a finished trial of it, bytes");

    private final String label;

    Quantity(String label) {
      this.label = label;
    }

    String label() {
      return label;
    }
  }

  /** Memory a trial may be compared between studies of different size. */
  boolean measuresTheSameAs(Figure other) {
    return quantity == other.quantity
        && sampler.equals(other.sampler)
        && (trials == other.trials || quantity == Quantity.HEAP);
  }

  String toCsv() {
    return String.join(
        ",",
        library,
        quantity.name().toLowerCase(Locale.ROOT),
        sampler,
        Integer.toString(trials),
        Double.toString(value));
  }

  /** Reads lines of library, quantity, sampler, trials, value, as {@code speed.py} prints them. */
  static List<Figure> parse(String lines) throws IOException {
    try {
      return lines.lines().map(Figure::parseLine).toList();
    } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
      throw new IOException("not lines of library,quantity,sampler,trials,value:\n" + lines, e);
    }
  }

  private static Figure parseLine(String line) {
    String[] fields = line.split(",", -1);
    return new Figure(
        fields[0],
        Quantity.valueOf(fields[1].toUpperCase(Locale.ROOT)),
        fields[2],
        Integer.parseInt(fields[3]),
        Double.parseDouble(fields[4]));
  }
}
