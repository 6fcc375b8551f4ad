package org.hpo4j.benchmarks.durability;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RatesTest {

  /** A contender that notes its turns. */
  private record Noting(String name, List<String> turns) implements Contender {

    @Override
    public double run(Duration time) {
      turns.add(name + " " + time.toMillis());
      return turns.size();
    }

    @Override
    public void close() {
      // Holds nothing.
    }
  }

  @Test
  void contendersWorkInTurnsAfterAWarmUpThatDoesNotCount() throws IOException {
    List<String> turns = new ArrayList<>();
    List<Rates> rates =
        Rates.measure(
            List.of(new Noting("a", turns), new Noting("b", turns)),
            Duration.ofMillis(5),
            2,
            Duration.ofMillis(7));
    assertThat(turns).containsExactly("a 5", "b 5", "a 7", "b 7", "a 7", "b 7");
    assertThat(rates)
        .containsExactly(new Rates("a", List.of(3.0, 5.0)), new Rates("b", List.of(4.0, 6.0)));
  }

  /** The disk was slow in the second round: a ratio of medians would not be that of any round. */
  @Test
  void theRatioIsTheMedianOfThoseOfTheRounds() {
    Rates own = new Rates("own", List.of(100.0, 10.0, 120.0));
    Rates other = new Rates("other", List.of(10.0, 1.0, 40.0));
    assertThat(own.ratioTo(other)).isEqualTo(10);
  }

  @Test
  void theMedianOfAnEvenNumberIsBetweenTheMiddleTwo() {
    assertThat(new Rates("own", List.of(4.0, 1.0, 9.0, 2.0)).median()).isEqualTo(3);
  }
}
