package org.hpo4j.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.hpo4j.storage.Storage;
import org.hpo4j.storage.journal.JournalStorage;
import org.hpo4j.study.Study;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QuickstartTest {

  @Test
  void theStudyBeatsItsDefaultsAndGoesOnWhereItStopped(@TempDir Path folder) {
    Path file = folder.resolve("quickstart.log");
    double best;
    try (Storage journal = JournalStorage.open(file)) {
      Study study = Quickstart.run(journal);
      best = study.best().value();
      assertThat(study.trialCount()).isEqualTo(60);
      assertThat(best).isLessThan(study.trial(0).value());
    }
    try (Storage journal = JournalStorage.open(file)) {
      Study resumed = Quickstart.run(journal);
      assertThat(resumed.trialCount()).isEqualTo(60);
      assertThat(resumed.best().value()).isEqualTo(best);
    }
  }
}
