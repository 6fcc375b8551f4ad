package org.hpo4j.examples.flowers.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PictureSplitTest {

  @Test
  void everyClassIsSplit70To15To15() {
    PictureSet set = GeneratedFlowers.of(1, 40);
    PictureSplit split = PictureSplit.of(set, 7);
    for (int label = 0; label < 4; label++) {
      int all = set.count(label);
      int held = Math.round(0.15f * all);
      assertThat(count(split.validation(), label)).isEqualTo(held);
      assertThat(count(split.test(), label)).isEqualTo(held);
      assertThat(count(split.train(), label)).isEqualTo(all - 2 * held);
    }
  }

  @Test
  void noPictureIsInTwoParts() {
    PictureSet set = GeneratedFlowers.of(1, 40);
    PictureSplit split = PictureSplit.of(set, 7);
    List<String> names = new ArrayList<>();
    for (List<Picture> part : List.of(split.train(), split.validation(), split.test())) {
      part.forEach(picture -> names.add(picture.name()));
    }
    assertThat(names).doesNotHaveDuplicates().hasSize(set.pictures().size());
  }

  @Test
  void theSeedDecides() {
    PictureSet set = GeneratedFlowers.of(1, 40);
    assertThat(testNames(set, 7)).isEqualTo(testNames(set, 7)).isNotEqualTo(testNames(set, 8));
  }

  @Test
  void twoPicturesOfAClassAreTooFew() {
    PictureSet whole = GeneratedFlowers.of(1, 5);
    List<Picture> pictures = new ArrayList<>(whole.pictures());
    pictures.removeIf(picture -> picture.name().matches("roses-000[2-9]"));
    PictureSet set = new PictureSet(whole.classes(), pictures, 0, whole.digest());
    assertThatThrownBy(() -> PictureSplit.of(set, 1))
        .hasMessage("class 'roses' has 2 pictures, needs at least 3 to train, validate and test");
  }

  private static List<String> testNames(PictureSet set, long seed) {
    return PictureSplit.of(set, seed).test().stream().map(Picture::name).toList();
  }

  private static long count(List<Picture> part, int label) {
    return part.stream().filter(picture -> picture.label() == label).count();
  }
}
