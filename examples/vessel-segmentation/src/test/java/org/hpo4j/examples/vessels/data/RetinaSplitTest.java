package org.hpo4j.examples.vessels.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RetinaSplitTest {

  @Test
  void bothEyesOfAPatientAreInOnePart() {
    RetinaSplit split = RetinaSplit.of(photographs(14), 5);
    Set<String> seen = new HashSet<>();
    for (List<Retina> part : List.of(split.train(), split.validation(), split.test())) {
      Set<String> patients = new HashSet<>();
      part.forEach(retina -> patients.add(retina.photograph().patient()));
      assertThat(part).hasSize(2 * patients.size());
      assertThat(seen).doesNotContainAnyElementsOf(patients);
      seen.addAll(patients);
    }
    assertThat(seen).hasSize(14);
    assertThat(split.test()).hasSize(6);
    assertThat(split.validation()).hasSize(4);
    assertThat(split.train()).hasSize(18);
  }

  @Test
  void theSeedDecides() {
    assertThat(testNames(1)).isEqualTo(testNames(1));
    assertThat(Stream.of(2, 3, 4).map(RetinaSplitTest::testNames))
        .anyMatch(names -> !names.equals(testNames(1)));
  }

  private static List<String> testNames(long seed) {
    return RetinaSplit.of(photographs(14), seed).test().stream().map(Retina::name).toList();
  }

  @Test
  void twoPatientsAreTooFew() {
    assertThatThrownBy(() -> RetinaSplit.of(photographs(2), 1))
        .hasMessageContaining("of 2 patients, needs at least 3");
  }

  @Test
  void aPartWithoutVesselsIsNamed() {
    assertThatThrownBy(() -> RetinaSplit.of(photographs(3), 1).requireBothKinds())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("to train on, call 0 of");
  }

  @Test
  void theFingerprintKnowsTheOrderAndThePart() {
    RetinaSplit split = RetinaSplit.of(photographs(3), 1);
    RetinaSplit reversed =
        new RetinaSplit(
            List.of(split.train().get(1), split.train().get(0)), split.validation(), split.test());
    RetinaSplit exchanged = new RetinaSplit(split.train(), split.test(), split.validation());
    assertThat(RetinaSplit.of(photographs(3), 1).fingerprint())
        .isEqualTo(split.fingerprint())
        .hasSize(64);
    assertThat(reversed.fingerprint()).isNotEqualTo(split.fingerprint());
    assertThat(exchanged.fingerprint()).isNotEqualTo(split.fingerprint());
  }

  private static List<Photograph> photographs(int patients) {
    List<Photograph> photographs = new ArrayList<>();
    for (int i = 0; i < patients; i++) {
      photographs.add(Photographs.of(i + "L", "patient" + i, 8, 100, pixel -> false));
      photographs.add(Photographs.of(i + "R", "patient" + i, 8, 100, pixel -> false));
    }
    return photographs;
  }
}
