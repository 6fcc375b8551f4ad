package org.hpo4j.examples.documents.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class RankingTest {

  @Test
  void theSameOrderInFiveRepetitionsIsAsRareAsCountingSays() {
    Ranking ranking = new Ranking(Collections.nCopies(5, new double[] {0.9, 0.5, 0.7}));
    assertThat(ranking.meanRank(0)).isEqualTo(1);
    assertThat(ranking.meanRank(1)).isEqualTo(3);
    // Six orders, each of which would be as far apart, of 6^5 outcomes.
    assertThat(ranking.friedmanProbability()).isCloseTo(6 / 7776.0, within(1e-12));
  }

  @Test
  void theTableOfFriedmansTestIsMet() {
    // Sums of ranks 3, 6 and 9 but for one exchange: statistic 14/3 of 3 repetitions.
    Ranking ranking =
        new Ranking(
            List.of(
                new double[] {0.9, 0.7, 0.5},
                new double[] {0.9, 0.7, 0.5},
                new double[] {0.9, 0.5, 0.7}));
    assertThat(ranking.friedmanProbability()).isCloseTo(42 / 216.0, within(1e-12));
  }

  @Test
  void equalScoresRankNone() {
    Ranking ranking = new Ranking(Collections.nCopies(4, new double[] {0.5, 0.5, 0.5}));
    assertThat(ranking.meanRank(2)).isEqualTo(2);
    assertThat(ranking.friedmanProbability()).isCloseTo(1, within(1e-12));
  }

  @Test
  void aLeadIsPairedByRepetition() {
    double[] lead =
        new Ranking(List.of(new double[] {0.5, 0.4, 0}, new double[] {0.9, 0.8, 0})).lead(0, 1);
    assertThat(lead[0]).isCloseTo(0.1, within(1e-12));
    assertThat(lead[1]).isCloseTo(0, within(1e-9));
  }

  @Test
  void anIntervalIsStudents() {
    // Standard deviation 1, so 4.302653 / sqrt(3).
    assertThat(Ranking.meanAndHalfWidth(List.of(1.0, 2.0, 3.0))[1])
        .isCloseTo(2.484138, within(1e-5));
  }

  @Test
  void nothingToRankIsRefused() {
    assertThatThrownBy(() -> new Ranking(List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at least one repetition");
  }
}
