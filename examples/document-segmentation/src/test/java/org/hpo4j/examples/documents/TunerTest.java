package org.hpo4j.examples.documents;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TunerTest {

  @Test
  void hyperbandHasTheArticlesSchedule() {
    Profile paper = Profile.of(Profile.Name.PAPER);
    assertThat(Tuner.HYPERBAND.trials(paper)).isEqualTo(30);
    // 12 x 3 + 4 x 4 + 2 x 13, 6 x 7 + 2 x 13, 4 x 20.
    assertThat(Tuner.HYPERBAND.epochs(paper)).isEqualTo(226);
  }

  @Test
  void allTunersTrainForAboutAsManyEpochs() {
    for (Profile.Name name : new Profile.Name[] {Profile.Name.CPU, Profile.Name.PAPER}) {
      Profile profile = Profile.of(name);
      double hyperband = Tuner.HYPERBAND.epochs(profile);
      for (Tuner tuner : Tuner.values()) {
        assertThat(tuner.epochs(profile) / hyperband).isBetween(0.95, 1.05);
      }
    }
  }
}
