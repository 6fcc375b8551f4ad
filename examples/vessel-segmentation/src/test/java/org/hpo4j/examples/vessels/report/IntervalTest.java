package org.hpo4j.examples.vessels.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class IntervalTest {

  @Test
  void isStudents() {
    // Mean 3, s = sqrt(2.5), t(0.975, 4) = 2.776445: half width 2.776445 * sqrt(2.5 / 5).
    Interval interval = Interval.of(List.of(5.0, 1.0, 2.0, 4.0, 3.0));
    assertThat(interval.mean()).isEqualTo(3);
    assertThat(interval.median()).isEqualTo(3);
    assertThat(interval.low()).isCloseTo(3 - 1.963243, within(1e-5));
    assertThat(interval.high()).isCloseTo(3 + 1.963243, within(1e-5));
    assertThat(interval.excludesZero()).isTrue();
  }

  @Test
  void medianOfAnEvenNumberIsBetweenTheMiddleTwo() {
    assertThat(Interval.of(List.of(1.0, 10.0, 2.0, 4.0)).median()).isEqualTo(3);
  }

  @Test
  void oneValueIsItsOwnInterval() {
    assertThat(Interval.of(List.of(2.0))).isEqualTo(new Interval(2, 2, 2, 2));
    assertThat(Interval.of(List.of(2.0)).toText()).isEqualTo("2.000");
    assertThatThrownBy(() -> Interval.of(List.of()))
        .hasMessage("got no values, needs at least one");
  }
}
