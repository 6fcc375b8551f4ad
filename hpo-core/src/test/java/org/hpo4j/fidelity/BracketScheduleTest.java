package org.hpo4j.fidelity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigInteger;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class BracketScheduleTest {

  private static Bracket bracket(int... sizesAndResources) {
    return new Bracket(
        Stream.iterate(0, i -> i < sizesAndResources.length, i -> i + 2)
            .map(i -> new Rung(sizesAndResources[i], sizesAndResources[i + 1]))
            .toList());
  }

  @Test
  void twentyEpochsAndFactorThreeGiveTheRungsOfKerasTuner() {
    BracketSchedule schedule = BracketSchedule.of(20);

    assertThat(schedule.bracketsPerIteration()).isEqualTo(3);
    assertThat(schedule.bracket(0)).isEqualTo(bracket(12, 3, 4, 7, 2, 20));
    assertThat(schedule.bracket(1)).isEqualTo(bracket(6, 7, 2, 20));
    assertThat(schedule.bracket(2)).isEqualTo(bracket(4, 20));
  }

  @Test
  void bracketsCountOnOverIterations() {
    BracketSchedule schedule = BracketSchedule.of(20);

    assertThat(schedule.bracket(3)).isEqualTo(schedule.bracket(0));
    assertThat(schedule.bracket(3_000_002)).isEqualTo(schedule.bracket(2));
  }

  @Test
  void aPromotedTrialContinuesWhatItsParentHasHad() {
    Bracket bracket = BracketSchedule.of(20).bracket(0);

    assertThat(bracket.initialResource(0)).isZero();
    assertThat(bracket.initialResource(2)).isEqualTo(7);
    assertThat(bracket.trialCount()).isEqualTo(18);
    assertThat(bracket.totalResource()).isEqualTo(12 * 3 + 4 * 4 + 2 * 13);
  }

  /** In floating point floor(log(243) / log(3)) is 4. */
  @ParameterizedTest
  @CsvSource({
    "1, 243, 3, 6",
    "1, 242, 3, 5",
    "1, 1000, 10, 4",
    "1, 125, 5, 4",
    "2, 243, 3, 5",
    "3, 243, 3, 5",
    "4, 243, 3, 4",
    "1, 1, 2, 1",
    "5, 5, 2, 1",
    "1, 536870912, 2, 30",
    "1, 387420489, 3, 19",
    "7, 1000000000, 46341, 2"
  })
  void hasABracketForEachPowerThatFits(int least, int most, int factor, int brackets) {
    assertThat(new BracketSchedule(least, most, factor).bracketsPerIteration()).isEqualTo(brackets);
  }

  static List<BracketSchedule> manySchedules() {
    SplittableRandom random = new SplittableRandom(1);
    return Stream.generate(
            () -> {
              int most = 1 + (int) Math.pow(10, 9 * random.nextDouble()) % 1_000_000_000;
              int least = 1 + (int) (most * Math.pow(random.nextDouble(), 6)) % most;
              return new BracketSchedule(least, most, 2 + random.nextInt(9));
            })
        .limit(300)
        .toList();
  }

  /** Against the formulas in exact fractions of large integers. */
  @ParameterizedTest
  @MethodSource("manySchedules")
  void followsItsFormulas(BracketSchedule schedule) {
    BigInteger factor = BigInteger.valueOf(schedule.reductionFactor());
    BigInteger most = BigInteger.valueOf(schedule.maxResource());
    BigInteger least = BigInteger.valueOf(schedule.minResource());
    int kinds = schedule.bracketsPerIteration();
    assertThat(least.multiply(factor.pow(kinds - 1))).isLessThanOrEqualTo(most);
    assertThat(least.multiply(factor.pow(kinds))).isGreaterThan(most);
    int full = schedule.bracket(kinds - 1).rung(0).size();
    assertThat(least.multiply(factor.pow(full - 1))).isGreaterThanOrEqualTo(most);
    if (full > 1) {
      assertThat(least.multiply(factor.pow(full - 2))).isLessThan(most);
    }
    for (int number = 0; number < kinds; number++) {
      Bracket bracket = schedule.bracket(number);
      int kind = kinds - 1 - number;
      assertThat(bracket.roundCount()).isEqualTo(kind + 1);
      assertThat(bracket.rung(kind).resource()).isEqualTo(schedule.maxResource());
      assertThat(bracket.rung(0).resource()).isGreaterThanOrEqualTo(schedule.minResource());
      for (int round = 0; round <= kind; round++) {
        BigInteger share = factor.pow(kind - round);
        Rung rung = bracket.rung(round);
        assertThat(isCeiling(rung.resource(), most, share)).isTrue();
        BigInteger trials = share.multiply(BigInteger.valueOf(full));
        assertThat(isCeiling(rung.size(), trials, BigInteger.valueOf(kind + 1L))).isTrue();
      }
    }
  }

  private static boolean isCeiling(int got, BigInteger dividend, BigInteger divisor) {
    BigInteger product = divisor.multiply(BigInteger.valueOf(got));
    return product.compareTo(dividend) >= 0 && product.subtract(divisor).compareTo(dividend) < 0;
  }

  @Test
  void refusesNumbersThatMeanNothing() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new BracketSchedule(0, 20, 3))
        .withMessage("minResource must be at least 1, got 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new BracketSchedule(5, 4, 3))
        .withMessage("maxResource must be from minResource, 5, to 1000000000, got 4");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new BracketSchedule(1, 20, 1))
        .withMessage("reductionFactor must be at least 2, got 1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> BracketSchedule.of(20).bracket(-1))
        .withMessageContaining("got -1");
    assertThatIllegalArgumentException().isThrownBy(() -> bracket(2, 3, 4, 7));
    assertThatIllegalArgumentException().isThrownBy(() -> bracket(4, 3, 2, 3));
    assertThatIllegalArgumentException().isThrownBy(() -> bracket());
  }
}
