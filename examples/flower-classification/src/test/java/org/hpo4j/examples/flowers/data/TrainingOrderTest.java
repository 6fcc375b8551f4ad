package org.hpo4j.examples.flowers.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.hpo4j.examples.flowers.data.TrainingOrder.Example;
import org.junit.jupiter.api.Test;

class TrainingOrderTest {
  private static final List<Picture> PICTURES = GeneratedFlowers.of(1, 10).pictures();

  @Test
  void everyClassComesEquallyOften() {
    List<Example> epoch = new TrainingOrder(PICTURES, 4, 25, 8, 3).epoch(2);
    assertThat(epoch).hasSize(100);
    for (int label = 0; label < 4; label++) {
      int wanted = label;
      assertThat(epoch.stream().filter(e -> PICTURES.get(e.picture()).label() == wanted))
          .hasSize(25);
    }
  }

  @Test
  void aRepeatedPictureIsSeenInDifferentViews() {
    assertThat(new TrainingOrder(PICTURES, 4, 25, 8, 3).epoch(5)).doesNotHaveDuplicates();
  }

  @Test
  void everyViewOfEveryPictureComesInTime() {
    TrainingOrder order = new TrainingOrder(PICTURES, 4, 25, 8, 3);
    Set<Example> seen = new HashSet<>();
    for (int epoch = 0; epoch < 4; epoch++) {
      seen.addAll(order.epoch(epoch));
    }
    // 25 a class and epoch of at most 10 pictures: each has been round eight times.
    assertThat(seen).hasSize(PICTURES.size() * 8);
    assertThat(seen).extracting(Example::view).doesNotContain(Views.PLAIN);
  }

  @Test
  void largeClassesTakeTurnsOverEpochs() {
    TrainingOrder order = new TrainingOrder(PICTURES, 4, 4, 2, 3);
    Set<Integer> seen = new HashSet<>();
    for (int epoch = 0; epoch < 3; epoch++) {
      order.epoch(epoch).forEach(example -> seen.add(example.picture()));
    }
    assertThat(seen).hasSize(PICTURES.size());
  }

  @Test
  void anEpochIsAFunctionOfItsNumber() {
    TrainingOrder order = new TrainingOrder(PICTURES, 4, 25, 8, 3);
    assertThat(order.epoch(4))
        .isEqualTo(new TrainingOrder(PICTURES, 4, 25, 8, 3).epoch(4))
        .isNotEqualTo(order.epoch(5));
  }

  @Test
  void nothingToTrainOnIsRefused() {
    assertThatThrownBy(() -> new TrainingOrder(PICTURES, 4, 0, 8, 3))
        .hasMessage("examples per class are 0 and views 8, both must be at least 1");
  }
}
