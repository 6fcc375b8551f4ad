package org.hpo4j.contract;

import static org.hpo4j.space.Parameters.bool;
import static org.hpo4j.space.Parameters.choice;
import static org.hpo4j.space.Parameters.fixed;
import static org.hpo4j.space.Parameters.integer;
import static org.hpo4j.space.Parameters.logInteger;
import static org.hpo4j.space.Parameters.logUniform;
import static org.hpo4j.space.Parameters.normal;
import static org.hpo4j.space.Parameters.oneOf;
import static org.hpo4j.space.Parameters.ordinal;
import static org.hpo4j.space.Parameters.quniform;
import static org.hpo4j.space.Parameters.uniform;
import static org.hpo4j.space.Parameters.when;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.hpo4j.space.Constraint;
import org.hpo4j.space.Parameter;
import org.hpo4j.space.SearchSpace;

/** A search space of every kind, by name; an empty one cannot be declared. */
final class Spaces {

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
