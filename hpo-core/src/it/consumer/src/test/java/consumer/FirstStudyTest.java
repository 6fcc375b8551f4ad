package consumer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.hpo4j.study.Study;
import org.junit.jupiter.api.Test;

class FirstStudyTest {

  @Test
  void theStudyRunsOnTheLibraryAlone() {
    Study study = FirstStudy.run();

    assertEquals(50, study.trialCount());
    assertTrue(study.best().value() < 1, study.summary().toTable());
  }
}
