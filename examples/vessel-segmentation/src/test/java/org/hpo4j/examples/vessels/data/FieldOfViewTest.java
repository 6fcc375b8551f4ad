package org.hpo4j.examples.vessels.data;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FieldOfViewTest {

  @Test
  void theLargestLitAreaIsKeptAndItsHolesAreFilled() {
    // A square from 2 to 7 with a dark hole in it, and a lit spot in the corner.
    Photograph photograph =
        Photographs.lit(10, 10, i -> (inSquare(i) && i != 45 && i != 46) || i == 0 || i == 9);
    boolean[] inside = FieldOfView.of(photograph);
    for (int i = 0; i < 100; i++) {
      assertThat(inside[i]).as("pixel %d", i).isEqualTo(inSquare(i));
    }
  }

  private static boolean inSquare(int pixel) {
    int x = pixel % 10;
    int y = pixel / 10;
    return x >= 2 && x <= 7 && y >= 2 && y <= 7;
  }

  @Test
  void aNotchThatReachesTheEdgeIsNotFilled() {
    boolean[] inside = FieldOfView.of(Photographs.lit(5, 5, i -> i % 5 != 2 || i >= 20));
    assertThat(inside[2]).isFalse();
    assertThat(inside[17]).isFalse();
    assertThat(inside[0]).isTrue();
    assertThat(inside[22]).isTrue();
  }

  @Test
  void aDarkPhotographHasNone() {
    assertThat(FieldOfView.of(Photographs.lit(4, 3, i -> false))).containsOnly(false);
  }

  @Test
  void aPhotographThatIsLitEverywhereIsInsideEverywhere() {
    assertThat(FieldOfView.of(Photographs.lit(4, 3, i -> true))).containsOnly(true);
  }
}
