package org.hpo4j.study;

import java.util.Locale;
import org.hpo4j.json.Names;
import org.hpo4j.trial.Direction;

/**
 * An objective of a study.
 *
 * @param metric its name
 * @param direction whether low or high values are better
 */
record Goal(String metric, Direction direction) {

  Goal {
    Names.require("the objective's name", metric);
  }

  @Override
  public String toString() {
    return direction.name().toLowerCase(Locale.ROOT) + " " + metric;
  }
}
