package org.hpo4j.examples.vessels.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import org.junit.jupiter.api.Test;

class RetinaTest {

  @Test
  void inputsHaveMeanZeroAndDeviationOneInsideTheFieldOfView() {
    Retina retina = Retina.of(GeneratedRetinas.of(3, 1, 128).get(0));
    double sum = 0;
    double squares = 0;
    int inside = 0;
    for (int i = 0; i < 128 * 128; i++) {
      if (retina.isInside(i)) {
        sum += retina.input(i);
        squares += retina.input(i) * retina.input(i);
        inside++;
      }
    }
    assertThat(sum / inside).isCloseTo(0, offset(1e-4));
    assertThat(squares / inside).isCloseTo(1, offset(1e-4));
  }

  @Test
  void aPhotographOfOneGreyHasInputsOfZero() {
    Retina retina = Retina.of(Photographs.of("even", "1", 16, 100, i -> false));
    for (int i = 0; i < 16 * 16; i++) {
      assertThat(retina.input(i)).isCloseTo(0, offset(1e-5f));
    }
  }
}
