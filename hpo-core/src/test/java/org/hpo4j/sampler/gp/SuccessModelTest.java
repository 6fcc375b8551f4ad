package org.hpo4j.sampler.gp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class SuccessModelTest {

  private static final double[] AT = {0.3, 0.6, 2};

  private static Sample outcomes(int n, long seed) {
    Points points = Examples.points(n, seed);
    Sample outcomes = new Sample(3);
    double[] point = new double[3];
    for (int i = 0; i < n; i++) {
      points.get(i, point);
      outcomes.add(point, point[0] > 0.6 ? -1 : 1);
    }
    return outcomes;
  }

  /** A model of outcomes that fail above x = 0.6. */
  static SuccessModel model(int n, long seed) {
    SuccessModel model = new SuccessModel(Examples.AXES);
    model.learn(outcomes(n, seed));
    return model;
  }

  private static double logSuccess(SuccessModel model) {
    return model.logSuccess(AT, new double[0]);
  }

  private static Sample first(Sample outcomes, int n) {
    int[] rows = new int[n];
    for (int i = 0; i < n; i++) {
      rows[i] = i;
    }
    return outcomes.select(rows);
  }

  @Test
  void findsEvidenceWhereARegionFails() {
    for (long seed = 0; seed < 20; seed++) {
      assertThat(model(40, seed).isLocal()).isTrue();
    }
  }

  /**
   * Sequences whose rate of failure is drawn from the Beta(1/2, 1/2) law, the square of a sine. If
   * a third of them showed evidence at some time, 75 or fewer of 300 would with a probability of
   * 1e-3.
   */
  @Test
  void seldomFindsEvidenceWhereFailuresStrikeAnywhere() {
    long local = LongStream.range(0, 300).filter(SuccessModelTest::everFindsEvidence).count();
    assertThat(local).isLessThanOrEqualTo(75);
  }

  private static boolean everFindsEvidence(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double rate = Math.pow(Math.sin(0.5 * Math.PI * random.nextDouble()), 2);
    SuccessModel model = new SuccessModel(Examples.AXES);
    Sample outcomes = new Sample(3);
    boolean ever = false;
    for (int i = 0; i < 40; i++) {
      double[] point = {random.nextDouble(), random.nextDouble(), random.nextInt(3)};
      outcomes.add(point, random.nextDouble() < rate ? -1 : 1);
      model.learn(first(outcomes, i + 1));
      ever |= model.isLocal();
    }
    return ever;
  }

  @Test
  void outcomesThatAreAddedGiveTheSameBits() {
    Sample all = outcomes(60, 5);
    SuccessModel grown = new SuccessModel(Examples.AXES);
    for (int n = 1; n <= 60; n++) {
      grown.learn(first(all, n));
    }
    assertSame(grown, model(60, 5));
  }

  @Test
  void otherOutcomesInBetweenChangeNothing() {
    SuccessModel model = model(50, 6);
    model.learn(outcomes(30, 7));
    model.learn(outcomes(50, 6));
    assertSame(model, model(50, 6));
  }

  @Test
  void longHistoriesAreCutTheSameWayWhateverCameBefore() {
    Sample all = outcomes(330, 8);
    SuccessModel grown = new SuccessModel(Examples.AXES);
    for (int n = 250; n <= 330; n += 8) {
      grown.learn(first(all, n));
    }
    grown.learn(all);
    assertSame(grown, model(330, 8));
    assertThat(grown.isLocal()).isTrue();
  }

  private static void assertSame(SuccessModel one, SuccessModel other) {
    assertThat(logSuccess(one)).isEqualTo(logSuccess(other));
    assertThat(one.logLimit()).isEqualTo(other.logLimit());
  }

  @Test
  void saysNothingUntilThereAreOutcomesOfBothKinds() {
    SuccessModel model = new SuccessModel(Examples.AXES);
    Sample failures = new Sample(3);
    for (int i = 0; i < 5; i++) {
      failures.add(new double[] {0.1 * i, 0, 0}, -1);
    }
    model.learn(failures);
    assertThat(logSuccess(model)).isZero();
    assertThat(model.logLimit()).isEqualTo(Double.NEGATIVE_INFINITY);
  }
}
