package org.hpo4j.examples.flowers.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class ConfusionTest {
  private static final List<String> CLASSES = List.of("daisy", "roses");

  @Test
  void rowsAreTheTruth() {
    Confusion confusion = new Confusion(CLASSES, List.of(0, 0, 1, 1), List.of(0, 1, 1, 1));
    assertThat(confusion.accuracy()).isEqualTo(0.75);
    assertThat(confusion.toText()).contains("| daisy | 1 | 1 |\n| roses | 0 | 2 |\n");
  }

  @Test
  void theIntervalIsClopperAndPearsons() {
    // Of 10, 8 right: 0.4439 to 0.9748, as R's binom.test says.
    List<Integer> truth = Collections.nCopies(10, 0);
    Confusion confusion = new Confusion(CLASSES, truth, List.of(0, 0, 0, 0, 0, 0, 0, 0, 1, 1));
    assertThat(confusion.interval().get(0)).isCloseTo(0.4439, Offset.offset(1e-4));
    assertThat(confusion.interval().get(1)).isCloseTo(0.9748, Offset.offset(1e-4));
  }

  @Test
  void anIntervalEndsAtOne() {
    Confusion confusion = new Confusion(CLASSES, List.of(0, 1), List.of(0, 1));
    assertThat(confusion.interval().get(1)).isEqualTo(1);
    assertThat(confusion.summary()).startsWith("100.0 %").endsWith("(2 of 2)");
  }

  @Test
  void asManyPredictionsAsLabelsAreNeeded() {
    assertThatThrownBy(() -> new Confusion(CLASSES, List.of(0), List.of()))
        .hasMessageContaining("got 1 labels and 0 predictions");
  }
}
