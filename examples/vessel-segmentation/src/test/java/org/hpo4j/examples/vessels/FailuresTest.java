package org.hpo4j.examples.vessels;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.util.List;
import org.junit.jupiter.api.Test;

class FailuresTest {

  @Test
  void anUncheckedExceptionHasItsCausesLine() {
    assertThat(Failures.explain(new UncheckedIOException(new IOException("disk\n  full"))))
        .contains("disk full");
  }

  @Test
  void aFileThatIsDeniedSaysMoreThanItsPath() {
    assertThat(Failures.explain(new AccessDeniedException("run/trials.csv")))
        .contains("file access failed (AccessDeniedException): run/trials.csv");
  }

  @Test
  void anInterruptSaysHowToGoOn() {
    // A training throws the one, a study that waits for its next trial the other.
    for (Exception e : List.of(new InterruptedIOException("waiting"), new InterruptedException())) {
      assertThat(Failures.explain(e))
          .hasValueSatisfying(line -> assertThat(line).startsWith("interrupted;"));
    }
  }

  @Test
  void aStudyWithoutAResultSaysWhy() {
    assertThat(Failures.explain(new StudyFailedException("retraining failed: loss is NaN")))
        .contains("retraining failed: loss is NaN");
  }

  @Test
  void aFaultOfTheProgramKeepsItsStackTrace() {
    assertThat(Failures.explain(new IllegalStateException("bug"))).isEmpty();
    assertThat(Failures.explain(new IllegalArgumentException("bug"))).isEmpty();
  }
}
