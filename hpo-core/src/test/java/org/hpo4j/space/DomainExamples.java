package org.hpo4j.space;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.commons.rng.UniformRandomProvider;
import org.hpo4j.math.KeyedRandom;
import org.hpo4j.space.RealDomain.Shape;

/** Domains of every kind, the extreme ones included, for tests of what holds for all of them. */
final class DomainExamples {

  private static final int RANDOM_DOMAINS = 50;

  private DomainExamples() {}

  static List<Domain<?>> all() {
    List<Domain<?>> domains = new ArrayList<>(continuous());
    domains.addAll(discrete());
    return domains;
  }

  static List<Domain<?>> continuous() {
    List<Domain<?>> domains =
        new ArrayList<>(
            List.of(
                real(Shape.UNIFORM, 0, 1, 0),
                real(Shape.UNIFORM, -1e300, 1e300, 0),
                real(Shape.UNIFORM, 1e-300, 2e-300, 0),
                real(Shape.UNIFORM, 5, 5, 0),
                real(Shape.UNIFORM, -0.0, 1e-9, 0),
                real(Shape.LOG_UNIFORM, 1e-5, 1, 0),
                real(Shape.LOG_UNIFORM, 1e-300, 1e300, 0),
                real(Shape.LOG_UNIFORM, Double.MIN_NORMAL, Double.MAX_VALUE, 0),
                real(Shape.LOG_UNIFORM, 1, 1.000001, 0),
                real(Shape.LOG_UNIFORM, 3, 3, 0),
                real(Shape.NORMAL, 0, 1, 0),
                real(Shape.NORMAL, 100, 1e-3, 0),
                real(Shape.NORMAL, 0, 1e300, 0),
                real(Shape.LOG_NORMAL, 0, 1, 0),
                real(Shape.LOG_NORMAL, -600, 5, 0)));
    UniformRandomProvider random = KeyedRandom.of(1, 0, "continuous examples");
    for (int i = 0; i < RANDOM_DOMAINS; i++) {
      double scale = Math.pow(10, 20 * random.nextDouble() - 10);
      double low = scale * (random.nextDouble() - 0.5);
      domains.add(real(Shape.UNIFORM, low, low + scale * random.nextDouble(), 0));
      domains.add(real(Shape.LOG_UNIFORM, scale, scale * (1 + 1e4 * random.nextDouble()), 0));
    }
    return domains;
  }

  static List<Domain<?>> discrete() {
    List<Domain<?>> domains =
        new ArrayList<>(
            List.of(
                real(Shape.UNIFORM, 3, 120, 0.8),
                real(Shape.UNIFORM, -1, 1, 0.1),
                real(Shape.UNIFORM, 0, 1, 1),
                real(Shape.UNIFORM, 3.2, 3.2, 0.8),
                real(Shape.UNIFORM, -1e-300, 1e-300, 1e-302),
                real(Shape.UNIFORM, 1e300, 2e300, 1e297),
                real(Shape.UNIFORM, 0, 1e-306, Double.MIN_NORMAL),
                real(Shape.LOG_UNIFORM, 0.1, 100, 0.1),
                real(Shape.LOG_UNIFORM, 1, 1000, 3),
                integer(0, 9, 1, false),
                integer(-7, 8, 4, false),
                integer(5, 5, 1, false),
                integer(Integer.MIN_VALUE, Integer.MAX_VALUE, 1_000_000, false),
                integer(1, 1000, 1, true),
                integer(5, 5, 1, true),
                integer(Integer.MAX_VALUE - 2, Integer.MAX_VALUE, 1, true),
                CategoricalDomain.of(List.of("only")),
                CategoricalDomain.of(List.of("a", "b", "c")),
                CategoricalDomain.of(List.of("a", "b", "c")).withWeights(1, 1e-9, 3),
                CategoricalDomain.of(Map.of("label", Object.class)),
                OrdinalDomain.of(List.of("small", "medium", "large"))));
    UniformRandomProvider random = KeyedRandom.of(1, 0, "discrete examples");
    for (int i = 0; i < RANDOM_DOMAINS; i++) {
      int low = random.nextInt(2_000_000) - 1_000_000;
      int step = 1 + random.nextInt(1000);
      int count = 1 + random.nextInt(500);
      domains.add(integer(low, low + step * count, step, false));
      int logLow = 1 + random.nextInt(1_000_000);
      domains.add(integer(logLow, logLow + random.nextInt(500), 1, true));
      double q = Math.pow(10, random.nextInt(12) - 6) * (1 + random.nextInt(99));
      double first = (random.nextDouble() - 0.5) * 500 * q;
      domains.add(real(Shape.UNIFORM, first, first + (1 + 100 * random.nextDouble()) * q, q));
      domains.add(real(Shape.LOG_UNIFORM, q, (2 + 100 * random.nextDouble()) * q, q));
    }
    return domains;
  }

  static RealDomain real(Shape shape, double first, double second, double step) {
    return RealDomain.of(shape, first, second, step);
  }

  private static IntegerDomain integer(int low, int high, int step, boolean log) {
    return new IntegerDomain(low, high, step, log);
  }
}
