package org.hpo4j.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class FidelityTest {

  @Test
  void survivesTheStorage() {
    Fidelity first = new Fidelity(3, 0, 0, 7, OptionalInt.empty());
    Fidelity promoted = new Fidelity(3, 1, 7, 20, OptionalInt.of(11));
    assertThat(Fidelity.ofAttribute(first.toAttribute())).isEqualTo(first);
    assertThat(Fidelity.ofAttribute(promoted.toAttribute())).isEqualTo(promoted);
  }

  @Test
  void refusesAResourceThatIsNotMoreThanTheParentSpent() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Fidelity(0, 1, 7, 7, OptionalInt.of(0)))
        .withMessageContaining("initialResource < resource, got 7 and 7");
  }

  @Test
  void refusesAnInitialResourceWithoutAParent() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Fidelity(0, 0, 3, 7, OptionalInt.empty()))
        .withMessageContaining("a trial with a parent");
  }

  @Test
  void refusesWhatIsNotAFidelity() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Fidelity.ofAttribute(Map.of("bracket", 0.5)))
        .withMessageContaining("'bracket'");
    assertThatIllegalArgumentException().isThrownBy(() -> Fidelity.ofAttribute("x"));
  }
}
