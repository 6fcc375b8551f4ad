package org.hpo4j.benchmarks.problems;

import static org.hpo4j.benchmarks.problems.bbob.BbobFunction.ATTRACTIVE_SECTOR;
import static org.hpo4j.benchmarks.problems.bbob.BbobFunction.BENT_CIGAR;
import static org.hpo4j.benchmarks.problems.bbob.BbobFunction.DIFFERENT_POWERS;
import static org.hpo4j.benchmarks.problems.bbob.BbobFunction.DISCUS;
import static org.hpo4j.benchmarks.problems.bbob.BbobFunction.ELLIPSOID;
import static org.hpo4j.benchmarks.problems.bbob.BbobFunction.GALLAGHER;
import static org.hpo4j.benchmarks.problems.bbob.BbobFunction.GRIEWANK_ROSENBROCK;
import static org.hpo4j.benchmarks.problems.bbob.BbobFunction.RASTRIGIN;
import static org.hpo4j.benchmarks.problems.bbob.BbobFunction.ROSENBROCK;
import static org.hpo4j.benchmarks.problems.bbob.BbobFunction.SCHAFFERS;
import static org.hpo4j.benchmarks.problems.bbob.BbobFunction.SCHWEFEL;
import static org.hpo4j.benchmarks.problems.bbob.BbobFunction.SEPARABLE_RASTRIGIN;
import static org.hpo4j.benchmarks.problems.bbob.BbobFunction.SHARP_RIDGE;
import static org.hpo4j.benchmarks.problems.bbob.BbobFunction.SPHERE;
import static org.hpo4j.benchmarks.problems.bbob.BbobFunction.STEP_ELLIPSOID;
import static org.hpo4j.benchmarks.problems.bbob.BbobFunction.WEIERSTRASS;

import java.util.List;
import java.util.stream.Stream;
import org.hpo4j.benchmarks.problems.bbob.BbobFunction;

/** Each function of the suite in two dimensions, half of them to look at, half held out. */
final class BbobProblems {

  private BbobProblems() {}

  static Stream<Problem> development() {
    return Stream.concat(
        in(ProblemSet.BBOB, 2, 10, List.of(ELLIPSOID, STEP_ELLIPSOID, RASTRIGIN, GALLAGHER)),
        in(ProblemSet.BBOB, 5, 20, List.of(SPHERE, ATTRACTIVE_SECTOR, ROSENBROCK, SCHAFFERS)));
  }

  static Stream<Problem> heldOut() {
    return Stream.concat(
        in(ProblemSet.HELD_OUT, 2, 10, List.of(DISCUS, SHARP_RIDGE, WEIERSTRASS, SCHWEFEL)),
        in(
            ProblemSet.HELD_OUT,
            5,
            20,
            List.of(SEPARABLE_RASTRIGIN, BENT_CIGAR, DIFFERENT_POWERS, GRIEWANK_ROSENBROCK)));
  }

  private static Stream<Problem> in(
      ProblemSet set, int low, int high, List<BbobFunction> functions) {
    return functions.stream()
        .flatMap(function -> Stream.of(problem(set, function, low), problem(set, function, high)));
  }

  private static Problem problem(ProblemSet set, BbobFunction function, int dimensions) {
    String name = function.label() + "-" + dimensions;
    return Box.cube(name, set, dimensions, -5, 5, 0, function.in(dimensions));
  }
}
