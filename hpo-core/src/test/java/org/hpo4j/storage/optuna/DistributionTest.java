package org.hpo4j.storage.optuna;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Random;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.hpo4j.space.RealDomain;
import org.hpo4j.space.RealDomain.Shape;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** That grids lie inside what Optuna makes of them, by its arithmetic. */
class DistributionTest {

  /** Grids whose steps are no short decimals, and some that are. */
  static Stream<RealDomain> grids() {
    Random random = new Random(7);
    Stream<RealDomain> fractions =
        Stream.of(3, 6, 7, 9, 11, 13, 30)
            .flatMap(
                d ->
                    Stream.of(1, 2, 5, 9, 12, 400, 5_000)
                        .map(n -> RealDomain.of(Shape.UNIFORM, 0, n * (1.0 / d), 1.0 / d)));
    Stream<RealDomain> anywhere =
        DoubleStream.generate(() -> Math.pow(10, random.nextInt(40) - 20))
            .limit(200)
            .mapToObj(
                size -> {
                  double low = (random.nextDouble() - 0.5) * size;
                  double range = (0.1 + random.nextDouble()) * size;
                  double step = range / (2 + random.nextInt(50));
                  return RealDomain.of(Shape.UNIFORM, low, low + range, step);
                });
    Stream<RealDomain> others =
        Stream.of(
            RealDomain.of(Shape.NORMAL, 1 / 3.0, 2 / 7.0, 1 / 9.0),
            RealDomain.of(Shape.LOG_NORMAL, 0.1, 1.1, 1 / 7.0),
            RealDomain.of(Shape.UNIFORM, 0, 1e9, 0.1),
            RealDomain.of(Shape.UNIFORM, 0, 0x1p53, 1),
            RealDomain.of(Shape.UNIFORM, 0, 1e-300, 1e-301 / 3),
            RealDomain.of(Shape.UNIFORM, 0, 1e300, 1e300 / 3),
            RealDomain.of(Shape.UNIFORM, 1 / 3.0, 1 / 3.0, 1 / 3.0));
    return Stream.of(fractions, anywhere, others).flatMap(grids -> grids);
  }

  @ParameterizedTest
  @MethodSource("grids")
  void optunaKeepsTheBoundsAndHasEveryValue(RealDomain domain) {
    Distribution written = Distribution.parse(Distribution.textOf(domain));
    if (written.step() > 0) {
      BigDecimal range = decimal(written.high()).subtract(decimal(written.low()));
      assertThat(range.remainder(decimal(written.step()))).isEqualByComparingTo("0");
    }
    Random random = new Random(1);
    DoubleStream.concat(DoubleStream.of(0, 1), random.doubles(500))
        .map(domain::fromUnit)
        .forEach(
            value -> {
              assertThat(value).isBetween(written.low(), written.high());
              if (written.step() > 0) {
                double steps = (value - written.low()) / written.step();
                assertThat(Math.abs(steps - Math.rint(steps))).isLessThan(1e-8);
              }
            });
  }

  /** As Python writes it, which Java 17 does not always: as short as can be. */
  private static BigDecimal decimal(double number) {
    return IntStream.rangeClosed(1, 17)
        .mapToObj(digits -> new BigDecimal(number).round(new MathContext(digits)))
        .filter(shorter -> shorter.doubleValue() == number)
        .findFirst()
        .orElseThrow();
  }

  @ParameterizedTest
  @CsvSource({
    // What fits is written as it is.
    "3, 120, 0.8, 3.2, 120.0, 0.8",
    "0, 1000000, 0.1, 0.0, 1000000.0, 0.1",
    "-1, 1, 0.1, -1.0, 1.0, 0.1",
    "0, 9007199254740992, 1, 0.0, 9007199254740992, 1",
    "0, 1099511627776, 0.25, 0.0, 1099511627776, 0.25",
    // Nine thirds.
    "0, 3, 0.3333333333333333, 0.0, 3.000000000000006, 0.333333333333334",
    // Too many parts of 31, and more tenths than can be told apart.
    "0, 30000, 0.03225806451612903, 0.0, 29999.999999999996, 0",
    "0, 1e9, 0.1, 0.0, 1e9, 0",
  })
  void isAsNearAsCanBe(double low, double high, double q, double from, double to, double step) {
    RealDomain domain = RealDomain.of(Shape.UNIFORM, low, high, q);
    assertThat(Distribution.parse(Distribution.textOf(domain)))
        .isEqualTo(new Distribution(Distribution.Kind.FLOAT, from, to, step, false, List.of()));
  }
}
