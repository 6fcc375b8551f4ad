package org.hpo4j.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Against values of scipy, which src/test/reference/signed_rank.py makes. */
class SignedRankTest {

  static List<String> rows() throws IOException {
    try (InputStream in =
            Objects.requireNonNull(SignedRankTest.class.getResourceAsStream("signed-rank.csv"));
        BufferedReader reader =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      return reader.lines().filter(line -> !line.startsWith("#")).toList();
    }
  }

  @ParameterizedTest
  @MethodSource("rows")
  void isWhatScipyFinds(String row) {
    String[] cells = row.split(",", -1);
    double[] differences =
        Arrays.stream(cells[2].split(" ", -1)).mapToDouble(Double::parseDouble).toArray();

    double expected = Double.parseDouble(cells[1]);
    assertThat(SignedRank.greater(differences)).isCloseTo(expected, within(1e-13 * expected));
  }

  @Test
  void noDifferenceIsNoEvidence() {
    assertThat(SignedRank.greater(new double[0])).isEqualTo(1);
    assertThat(SignedRank.greater(new double[] {0, -0.0, 0})).isEqualTo(1);
    assertThat(SignedRank.greater(new double[60])).isEqualTo(1);
  }

  @Test
  void anInfiniteDifferenceRanksHighest() {
    assertThat(SignedRank.greater(new double[] {1, 2, Double.POSITIVE_INFINITY}))
        .isEqualTo(SignedRank.greater(new double[] {1, 2, 3}));
    assertThat(SignedRank.greater(new double[] {1, 2, Double.NEGATIVE_INFINITY}))
        .isEqualTo(SignedRank.greater(new double[] {1, 2, -3}));
  }

  /** 50 pairs are counted out, 51 approximated; one more zero hardly matters. */
  @Test
  void theApproximationContinuesTheExactLaw() {
    SplittableRandom random = new SplittableRandom(3);
    for (int repetition = 0; repetition < 50; repetition++) {
      double[] differences = random.doubles(SignedRank.MOST_EXACT, -0.8, 1).toArray();
      for (int i = 0; i < 10; i++) {
        differences[i] = Math.round(10 * differences[i]) / 10.0;
      }
      double exact = SignedRank.greater(differences);
      double[] longer = Arrays.copyOf(differences, SignedRank.MOST_EXACT + 1);
      assertThat(SignedRank.greater(longer)).isCloseTo(exact, within(0.02));
    }
  }
}
