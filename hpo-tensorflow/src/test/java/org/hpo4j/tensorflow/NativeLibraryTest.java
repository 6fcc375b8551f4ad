package org.hpo4j.tensorflow;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.tensorflow.Graph;

class NativeLibraryTest {

  /** In a process of its own, since this one may have loaded it before. */
  @Test
  void anInterruptWhileItLoadsDoesNoHarmAndIsKept() throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Interrupted.class.getName())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).describedAs(output).isZero();
    assertThat(output).contains("interrupted: true");
  }

  /** Loads the library with the interrupt flag set, and uses it. */
  static final class Interrupted {
    private Interrupted() {}

    /** Loads it. */
    public static void main(String[] arguments) {
      Thread.currentThread().interrupt();
      NativeLibrary.load();
      System.out.println("interrupted: " + Thread.interrupted());
      new Graph().close();
    }
  }
}
