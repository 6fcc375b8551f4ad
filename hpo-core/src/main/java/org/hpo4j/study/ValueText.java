package org.hpo4j.study;

import org.hpo4j.space.Domain;
import org.hpo4j.space.RealDomain;

/** The value of a parameter as a person reads it. */
final class ValueText {

  private ValueText() {}

  /** Four digits of a continuous number, the label of anything else. */
  static String of(Domain<?> domain, double code) {
    if (!(domain instanceof RealDomain real)) {
      return domain.label(code);
    }
    if (real.isContinuous()) {
      return NumberText.of(code);
    }
    String label = real.label(code);
    return label.endsWith(".0") ? label.substring(0, label.length() - 2) : label;
  }
}
