package org.hpo4j.examples.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.hpo4j.space.Parameter;
import org.hpo4j.trial.HyperParameters;
import org.junit.jupiter.api.Test;

class ProfileTest {

  @Test
  void thePaperProfileHasTheArticlesRangesAndDefaults() {
    Profile paper = Profile.of(Profile.Name.PAPER);
    assertThat(paper.classes()).isEqualTo(21);
    assertThat(paper.space().searchSpace().parameters())
        .extracting(Parameter::toString)
        .hasSize(5)
        .anyMatch(text -> text.contains("start_neurons") && text.contains("128"))
        .anyMatch(text -> text.contains("net_depth") && text.contains("6"));
    UNetDesign defaults = paper.space().design(HyperParameters.defaults());
    assertThat(defaults.dropout()).isFalse();
    assertThat(defaults.batchNormBefore()).isTrue();
  }

  @Test
  void everyProfileCanHalveItsScansAsOftenAsItsDeepestNetwork() {
    for (Profile.Name name : Profile.Name.values()) {
      Profile profile = Profile.of(name);
      assertThat(profile.size() % profile.space().sizeMultiple()).isZero();
      assertThat(List.of(profile.epochs(), profile.repetitions())).allMatch(n -> n > 1);
    }
  }

  @Test
  void aTileThatTheNetworkCannotHalveIsRefused() {
    assertThatThrownBy(
            () ->
                new Profile(
                    5, 48, 40, 8, 6, 20, 3, 4e-3, new NetworkSpace(4, 16, 4, 2, 4), 9, 3, 5))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("tile is 40, must be a multiple of 16 and at least 32");
  }
}
