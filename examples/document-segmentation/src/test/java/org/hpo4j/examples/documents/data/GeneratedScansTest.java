package org.hpo4j.examples.documents.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class GeneratedScansTest {
  private static final double TOO_EASY = 0.6;
  private static final int ALL = FormClass.values().length;

  @Test
  void noLinearClassifierOfPixelsFindsTheClassesOfTheCpuProfile() {
    assertTooHardForColours(GeneratedScans.of(11, 48, 5, 80, 40));
  }

  @Test
  void noLinearClassifierOfPixelsFindsAnyOfAllClasses() {
    assertTooHardForColours(GeneratedScans.of(12, 128, ALL, 24, 12));
  }

  private static void assertTooHardForColours(ScanSplit scans) {
    for (int c = 0; c < scans.classes().size(); c++) {
      LinearPixels classifier = LinearPixels.fit(scans.train(), c);
      // The threshold is chosen on the test scans themselves: the most such a classifier can get.
      double f1 = classifier.bestF1(scans.test(), c);
      assertThat(f1).as("F1 of %s", scans.classes().get(c)).isLessThan(TOO_EASY);
      assertThat(f1)
          .as("F1 of %s: better than marking everything", scans.classes().get(c))
          .isGreaterThan(LinearPixels.everywhereF1(scans.test(), c));
    }
  }

  @Test
  void everyClassIsDrawn() {
    ScanSplit scans = GeneratedScans.of(3, 128, ALL, 12, 1);
    assertThat(scans.classes()).hasSize(21).contains("order number", "round stamp", "table");
    assertThat(Arrays.stream(scans.classShares()).boxed()).hasSize(21).allMatch(share -> share > 0);
  }

  @Test
  void classesOverlap() {
    Scan scan = GeneratedScans.of(3, 128, ALL, 1, 1).train().get(0);
    long most =
        IntStream.range(0, 128 * 128)
            .mapToLong(
                i -> IntStream.range(0, ALL).filter(c -> scan.is(i % 128, i / 128, c)).count())
            .max()
            .orElse(0);
    assertThat(most).isGreaterThan(1);
  }

  @Test
  void whatTheStudyLeavesOutIsNotMarked() {
    Scan scan = GeneratedScans.of(3, 64, 2, 4, 1).train().get(0);
    for (int i = 0; i < 64 * 64; i++) {
      for (int c = 2; c < ALL; c++) {
        assertThat(scan.is(i % 64, i / 64, c)).isFalse();
      }
    }
  }

  @Test
  void sameSeedGivesTheSamePixelsAndMasks() {
    Scan first = GeneratedScans.of(5, 64, ALL, 2, 1).train().get(1);
    Scan second = GeneratedScans.of(5, 64, ALL, 2, 1).train().get(1);
    Scan other = GeneratedScans.of(6, 64, ALL, 2, 1).train().get(1);
    assertThat(pixels(first)).isEqualTo(pixels(second));
    assertThat(pixels(first)).isNotEqualTo(pixels(other));
  }

  @Test
  void partsShareNoForm() {
    ScanSplit split = GeneratedScans.of(5, 32, 5, 4, 4);
    List<List<Integer>> pictures = new ArrayList<>();
    List.of(split.train(), split.validation(), split.test())
        .forEach(scans -> scans.forEach(scan -> pictures.add(pixels(scan))));
    assertThat(pictures).doesNotHaveDuplicates().hasSize(12);
  }

  @Test
  void numbersOutOfRangeAreRefused() {
    assertThatThrownBy(() -> GeneratedScans.of(1, 16, 5, 1, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("size is 16, must be at least 32");
    assertThatThrownBy(() -> GeneratedScans.of(1, 64, 22, 1, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("classes is 22, must be from 1 to 21");
  }

  private static List<Integer> pixels(Scan scan) {
    List<Integer> values = new ArrayList<>();
    for (int i = 0; i < scan.width() * scan.height(); i++) {
      int x = i % scan.width();
      int y = i / scan.width();
      for (int c = 0; c < 3; c++) {
        values.add(scan.colour(x, y, c));
      }
      for (int c = 0; c < ALL; c++) {
        values.add(scan.is(x, y, c) ? 1 : 0);
      }
    }
    return values;
  }
}
