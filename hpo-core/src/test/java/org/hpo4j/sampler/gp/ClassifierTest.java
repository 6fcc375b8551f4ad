package org.hpo4j.sampler.gp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ClassifierTest {

  private static final double[] THETA = {0.1, -0.5, 0.3, 0.9};

  private static Classifier classifier(int n) {
    Points points = Examples.points(n, 1);
    double[] outcomes = new double[n];
    SplittableRandom random = new SplittableRandom(2);
    for (int i = 0; i < n; i++) {
      double x = points.axis(0)[i] + 0.3 * points.axis(1)[i] + 0.2 * random.nextDouble();
      outcomes[i] = x < 0.7 ? 1 : -1;
    }
    Classifier classifier = new Classifier(Examples.AXES);
    classifier.observe(points, outcomes, n);
    return classifier;
  }

  private static double probability(Classifier classifier, double... point) {
    return Math.exp(classifier.logProbability(point, new double[0]));
  }

  @Test
  void theGradientOfTheEvidenceIsThatOfItsDifferences() {
    ClassifierFit fit = new ClassifierFit(Examples.AXES, classifier(30));
    double[] gradient = new double[4];
    fit.evaluate(THETA, gradient);
    double[] ignored = new double[4];
    for (int i = 0; i < 4; i++) {
      double[] above = THETA.clone();
      double[] below = THETA.clone();
      above[i] += 1e-4;
      below[i] -= 1e-4;
      double slope = (fit.evaluate(above, ignored) - fit.evaluate(below, ignored)) / 2e-4;
      assertThat(gradient[i]).isCloseTo(slope, within(1e-3));
    }
  }

  @Test
  void theGradientOfTheProbabilityIsThatOfItsDifferences() {
    Classifier classifier = classifier(30);
    classifier.learn(THETA);
    double[] at = {0.41, 0.33, 1};
    double[] gradient = new double[3];
    classifier.logProbability(at, gradient);
    for (int d = 0; d < 2; d++) {
      double[] above = at.clone();
      double[] below = at.clone();
      above[d] += 1e-5;
      below[d] -= 1e-5;
      double slope =
          (classifier.logProbability(above, new double[0])
                  - classifier.logProbability(below, new double[0]))
              / 2e-5;
      assertThat(gradient[d]).isCloseTo(slope, within(1e-5));
    }
  }

  /** At the mode K^-1 f = g, Rasmussen and Williams 2006, equation 3.17. */
  @Test
  void theModeSatisfiesItsEquation() {
    Classifier classifier = classifier(30);
    classifier.learn(THETA);
    for (int i = 0; i < 30; i++) {
      double f = 0;
      for (int j = 0; j < 30; j++) {
        f += classifier.covariance(i, j) * classifier.weight(j);
      }
      double p = classifier.probability(i);
      assertThat(Math.log(p / (1 - p))).isCloseTo(f, within(1e-2));
    }
  }

  @Test
  void learnsWhichSideOfAnEdgeFails() {
    Points points = new Points(3);
    double[] outcomes = new double[20];
    for (int i = 0; i < 20; i++) {
      points.add(new double[] {i / 19.0, (7 * i % 20) / 19.0, i % 3});
      outcomes[i] = i < 10 ? 1 : -1;
    }
    Classifier classifier = new Classifier(Examples.AXES);
    classifier.observe(points, outcomes, 20);
    classifier.learn(new ClassifierFit(Examples.AXES, classifier).run());
    assertThat(probability(classifier, 0.1, 0.5, 0)).isGreaterThan(0.75);
    assertThat(probability(classifier, 0.9, 0.5, 0)).isLessThan(0.25);
    assertThat(probability(classifier, 0.5, 0.5, 0)).isBetween(0.2, 0.8);
  }

  @Test
  void knowsTheOptionThatFails() {
    Points points = Examples.points(30, 4);
    double[] outcomes = new double[30];
    for (int i = 0; i < 30; i++) {
      outcomes[i] = points.axis(2)[i] == 1 ? -1 : 1;
    }
    Classifier classifier = new Classifier(Examples.AXES);
    classifier.observe(points, outcomes, 30);
    classifier.learn(new ClassifierFit(Examples.AXES, classifier).run());
    assertThat(probability(classifier, 0.5, 0.5, 1)).isLessThan(0.2);
    assertThat(probability(classifier, 0.5, 0.5, 2)).isGreaterThan(0.8);
  }
}
