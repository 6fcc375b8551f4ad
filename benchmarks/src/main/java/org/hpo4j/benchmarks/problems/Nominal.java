package org.hpo4j.benchmarks.problems;

import java.util.List;
import java.util.stream.IntStream;
import org.hpo4j.math.KeyedRandom;
import org.hpo4j.space.Configuration;
import org.hpo4j.space.Parameter;
import org.hpo4j.space.Parameters;
import org.hpo4j.space.SearchSpace;
import org.hpo4j.space.SpaceNode;

/**
 * Choices with many options and no order, beside real parameters. Each option has a cost drawn
 * uniformly from [0, 1], the cheapest of a choice 0; two options chosen together have one of their
 * own, at most 0.3; and the option of the first choice shifts the bowl of the reals.
 */
final class Nominal {

  private final List<Parameter<Integer>> choices;
  private final List<Parameter<Double>> reals;
  private final double[][] costs;
  private final double[][] pairs;
  private final double[] centres;

  /**
   * Draws the costs.
   *
   * @param options how many options each choice has
   * @param dimensions how many real parameters there are
   */
  private Nominal(String name, int[] options, int dimensions) {
    choices =
        IntStream.range(0, options.length).mapToObj(i -> choice("c" + i, options[i])).toList();
    reals = IntStream.range(0, dimensions).mapToObj(i -> Box.axis(i, 0, 1)).toList();
    var random = KeyedRandom.of(options.length, dimensions, name);
    costs = new double[options.length][];
    for (int i = 0; i < options.length; i++) {
      costs[i] = random.doubles(options[i]).toArray();
      costs[i][random.nextInt(options[i])] = 0;
    }
    pairs = new double[options[0]][];
    for (int i = 0; i < options[0]; i++) {
      pairs[i] = random.doubles(options[1], 0, 0.3).toArray();
    }
    pairs[cheapest(costs[0])][cheapest(costs[1])] = 0;
    centres = random.doubles(options[0], 0.1, 0.9).toArray();
  }

  private static Parameter<Integer> choice(String name, int options) {
    return Parameters.choice(name, IntStream.range(0, options).boxed().toList());
  }

  private static int cheapest(double[] costs) {
    return IntStream.range(0, costs.length).filter(i -> costs[i] == 0).findFirst().orElseThrow();
  }

  static Problem problem(String name, ProblemSet set, int[] options, int dimensions) {
    Nominal nominal = new Nominal(name, options, dimensions);
    SpaceNode[] nodes =
        IntStream.range(0, options.length + dimensions)
            .mapToObj(
                i ->
                    i < options.length
                        ? nominal.choices.get(i)
                        : nominal.reals.get(i - options.length))
            .toArray(SpaceNode[]::new);
    return new Problem(name, set, SearchSpace.of(nodes), 0, 0, nominal::value);
  }

  private double value(Configuration c) {
    int first = c.get(choices.get(0));
    int second = c.get(choices.get(1));
    double sum = pairs[first][second];
    for (int i = 0; i < costs.length; i++) {
      sum += costs[i][c.get(choices.get(i))];
    }
    for (Parameter<Double> real : reals) {
      double d = c.get(real) - centres[first];
      sum += d * d;
    }
    return sum;
  }
}
