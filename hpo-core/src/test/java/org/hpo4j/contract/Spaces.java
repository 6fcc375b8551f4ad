package org.hpo4j.contract;

import static org.hpo4j.space.Parameters.bool;
import static org.hpo4j.space.Parameters.choice;
import static org.hpo4j.space.Parameters.fixed;
import static org.hpo4j.space.Parameters.integer;
import static org.hpo4j.space.Parameters.logInteger;
import static org.hpo4j.space.Parameters.logNormal;
import static org.hpo4j.space.Parameters.logUniform;
import static org.hpo4j.space.Parameters.normal;
import static org.hpo4j.space.Parameters.oneOf;
import static org.hpo4j.space.Parameters.ordinal;
import static org.hpo4j.space.Parameters.qlogNormal;
import static org.hpo4j.space.Parameters.qlogUniform;
import static org.hpo4j.space.Parameters.qnormal;
import static org.hpo4j.space.Parameters.quniform;
import static org.hpo4j.space.Parameters.uniform;
import static org.hpo4j.space.Parameters.weightedChoice;
import static org.hpo4j.space.Parameters.when;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.hpo4j.space.Constraint;
import org.hpo4j.space.Parameter;
import org.hpo4j.space.SearchSpace;
import org.junit.jupiter.api.Named;

/** A search space of every kind, by name; an empty one cannot be declared. */
public final class Spaces {

  private Spaces() {}

  static Map<String, SearchSpace> all() {
    Map<String, SearchSpace> spaces = new LinkedHashMap<>();
    spaces.put("one value", SearchSpace.of(fixed("x", 3.5)));
    spaces.put("one real", SearchSpace.of(uniform("x", -1, 1)));
    spaces.put("nominal", SearchSpace.of(choice("a", "x", "y", "z"), bool("b")));
    spaces.put("mixed", mixed());
    spaces.put("conditional", conditional());
    spaces.put("100 parameters", hundred());
    spaces.put("1 point in 1,000", rare());
    return spaces;
  }

  /**
   * Those, and further ones of each kind of domain, branch and constraint; for one sampler's tests.
   */
  public static Stream<Named<SearchSpace>> named() {
    Parameter<Double> x = uniform("x", -1, 1);
    Parameter<Double> y = uniform("y", -1, 1);
    Parameter<Double> shared = uniform("shared", 0, 1);
    Map<String, SearchSpace> spaces = all();
    spaces.put("a range of one point", SearchSpace.of(uniform("point", 2, 2), x));
    spaces.put("few values", SearchSpace.of(integer("i", 1, 3), choice("c", "a", "b")));
    spaces.put(
        "reals",
        SearchSpace.of(x, logUniform("l", 1e-9, 1e9), normal("n", 3, 2), logNormal("ln", -1, 3)));
    spaces.put(
        "steps",
        SearchSpace.of(
            quniform("q", 3, 120, 0.8),
            qlogUniform("ql", 1, 1e4, 3),
            qnormal("qn", 0, 10, 2),
            qlogNormal("qln", 0, 2, 0.5)));
    spaces.put(
        "integers",
        SearchSpace.of(
            integer("i", -5, 5),
            integer("s", 3, 50, 7),
            logInteger("li", 1, 1000),
            integer("huge", Integer.MIN_VALUE, Integer.MAX_VALUE)));
    spaces.put(
        "options",
        SearchSpace.of(
            bool("b"),
            choice("c", "u", "v", "w"),
            weightedChoice("w", List.of("rare", "common"), 1, 999),
            ordinal("o", "small", "medium", "large")));
    spaces.put(
        "branches of branches",
        SearchSpace.of(
            oneOf(
                "outer",
                when("empty"),
                when("a", shared, integer("a1", 1, 3)),
                when("b", shared, oneOf("inner", when("i1", uniform("d", 0, 1)), when("i2")))),
            x));
    spaces.put("half of a square", SearchSpace.of(x, y).where(Constraint.lessThan(x, y)));
    spaces.put(
        "a thin line",
        SearchSpace.of(x, y)
            .where(Constraint.that("thin", c -> Math.abs(c.get(x) - c.get(y)) < 5e-4, x, y)));
    return spaces.entrySet().stream().map(entry -> Named.of(entry.getKey(), entry.getValue()));
  }

  static SearchSpace mixed() {
    return SearchSpace.of(
        uniform("u", -3, 8),
        logUniform("lu", 1e-6, 1),
        normal("n", 0, 2),
        quniform("q", 3, 120, 0.8),
        integer("i", 0, 9),
        logInteger("li", 1, 1000),
        choice("c", "a", "b", "c", "d"),
        ordinal("o", "s", "m", "l"),
        bool("b"),
        fixed("f", 1));
  }

  static SearchSpace conditional() {
    return SearchSpace.of(
        oneOf(
            "model",
            when("svm", logUniform("svm.c", 1e-3, 1e3), choice("svm.kernel", "rbf", "linear")),
            when("forest", integer("forest.depth", 1, 20), integer("forest.trees", 10, 500)),
            when("constant")),
        uniform("share", 0, 1));
  }

  private static SearchSpace hundred() {
    return SearchSpace.of(
        IntStream.range(0, 100)
            .mapToObj(i -> i % 4 == 3 ? integer("p" + i, 0, 20) : uniform("p" + i, 0, 1))
            .toArray(Parameter<?>[]::new));
  }

  private static SearchSpace rare() {
    Parameter<Integer> a = integer("a", 0, 9);
    Parameter<Integer> b = integer("b", 0, 9);
    Parameter<Integer> c = integer("c", 0, 9);
    return SearchSpace.of(a, b, c)
        .where(
            Constraint.that(
                "a = 3, b = 7 and c = 1",
                x -> x.get(a) == 3 && x.get(b) == 7 && x.get(c) == 1,
                a,
                b,
                c));
  }
}
