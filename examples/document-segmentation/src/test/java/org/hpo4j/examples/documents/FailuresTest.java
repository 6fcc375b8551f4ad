package org.hpo4j.examples.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import org.junit.jupiter.api.Test;

class FailuresTest {

  @Test
  void aPathAloneIsExplained() {
    assertThat(Failures.explain(new NoSuchFileException("a.png")))
        .contains("file access failed (NoSuchFileException): a.png");
  }

  @Test
  void anInterruptSaysHowToGoOn() {
    assertThat(Failures.explain(new InterruptedIOException("x")).orElseThrow())
        .contains("the same command goes on");
  }

  @Test
  void whatIsWrappedIsExplained() {
    assertThat(Failures.explain(new UncheckedIOException(new IOException("disk full"))))
        .contains("disk full");
  }

  @Test
  void aMistakeOfTheProgramKeepsItsStackTrace() {
    assertThat(Failures.explain(new IllegalStateException("bug"))).isEmpty();
  }
}
