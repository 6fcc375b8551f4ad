package org.hpo4j.sampler;

import java.util.ArrayList;
import java.util.List;
import org.hpo4j.space.Configuration;
import org.hpo4j.space.ParameterValues;

/**
 * The run definitions of a grid: the cartesian product of chosen values, in the order in which they
 * were given, the last parameter changing fastest.
 *
 * <pre>{@code
 * List<Configuration> runs = RunBuilder.runs(units.values(256, 512), dropout.values(0.4, 0.5));
 * // {units=256, dropout=0.4}, {units=256, dropout=0.5}, {units=512, dropout=0.4}, ...
 * }</pre>
 *
 * Give them to {@link GridSampler#of(List)}, or loop over them yourself.
 */
public final class RunBuilder {

  private RunBuilder() {}

  /**
   * All combinations.
   *
   * @throws IllegalArgumentException if there is no parameter, one is given twice, or there are
   *     more than {@value GridSampler#MOST_POINTS} combinations
   */
  public static List<Configuration> runs(ParameterValues<?>... parameters) {
    if (parameters.length == 0) {
      throw new IllegalArgumentException("runs needs at least one parameter with its values");
    }
    List<Configuration> runs = List.of(Configuration.empty());
    for (ParameterValues<?> values : parameters) {
      if (runs.get(0).contains(values.parameter())) {
        throw new IllegalArgumentException(
            "parameter '" + values.parameter().name() + "' is given twice");
      }
      GridSampler.requireSize((long) runs.size() * values.values().size());
      List<Configuration> longer = new ArrayList<>(runs.size() * values.values().size());
      for (Configuration run : runs) {
        for (Object value : values.values()) {
          double code = values.parameter().encode(value);
          longer.add(run.toBuilder().put(values.parameter(), code).build());
        }
      }
      runs = longer;
    }
    return List.copyOf(runs);
  }
}
