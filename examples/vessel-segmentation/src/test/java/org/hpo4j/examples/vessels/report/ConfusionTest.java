package org.hpo4j.examples.vessels.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import org.junit.jupiter.api.Test;

class ConfusionTest {

  @Test
  void measuresAreThoseWorkedOutByHand() {
    Confusion confusion = new Confusion(30, 10, 20, 140);
    assertThat(confusion.accuracy()).isEqualTo(0.85);
    assertThat(confusion.sensitivity()).isEqualTo(0.6);
    assertThat(confusion.specificity()).isCloseTo(0.93333, offset(1e-5));
    assertThat(confusion.precision()).isEqualTo(0.75);
    assertThat(confusion.f1()).isCloseTo(2 * 0.75 * 0.6 / 1.35, offset(1e-12));
    assertThat(confusion.jaccard()).isEqualTo(0.5);
  }

  @Test
  void theArticlesJaccardIsItsAccuracy() {
    // Its shares give a confusion matrix by prevalence p: accuracy = p * sensitivity + (1 - p) *
    // specificity, so p = 0.124. From F1, Jaccard is F1 / (2 - F1).
    Confusion article = new Confusion(98, 17, 26, 859);
    assertThat(article.accuracy()).isCloseTo(0.956, offset(2e-3));
    assertThat(article.f1()).isCloseTo(0.819, offset(2e-3));
    assertThat(article.jaccard()).isCloseTo(0.693, offset(3e-3));
  }

  @Test
  void nothingToFindAndNothingCalledIsRight() {
    Confusion empty = new Confusion(0, 0, 0, 10);
    assertThat(empty.jaccard()).isEqualTo(1);
    assertThat(empty.sensitivity()).isEqualTo(1);
  }
}
