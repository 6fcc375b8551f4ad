package org.hpo4j.tensorboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class EventFileTest {

  /** Writes a scalar, text that does not fit, and a scalar that does; prints what failed. */
  public static final class Program {
    private Program() {}

    public static void main(String[] args) {
      try (SummaryWriter writer = SummaryWriter.open(Path.of(args[0]))) {
        writer.scalar("before", 0, 1);
        try {
          writer.text("large", 0, "x".repeat(100_000));
        } catch (java.io.UncheckedIOException e) {
          System.out.println("failed");
        }
        writer.scalar("after", 0, 2);
      }
    }
  }

  /** The limit of a file's size stands for a disk that is full. */
  @Test
  @EnabledOnOs({OS.LINUX, OS.MAC})
  void whatDoesNotFitIsLeftOutAsAWhole(@TempDir Path run) throws Exception {
    Path output = run.resolve("output");
    Process process =
        new ProcessBuilder(
                "bash",
                "-c",
                "ulimit -f 8; exec \"$0\" -XX:-UsePerfData -cp \"$1\" \"$2\" \"$3\"",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                Program.class.getName(),
                run.toString())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();

    assertThat(Files.readString(output).strip()).isEqualTo("failed");
    assertThat(RunReader.tags(run)).containsExactly("before", "after");
    assertThat(Files.size(RunReader.files(run).get(0))).isLessThan(1024);
  }

  @Test
  void eachNewFileIsReadAfterTheOthers(@TempDir Path run) throws IOException {
    for (int i = 0; i < 3; i++) {
      EventFile.create(run).close();
    }

    List<Path> byName = RunReader.files(run);
    assertThat(byName).hasSize(3);
    assertThat(EventFile.firstName()).isLessThan(byName.get(0).getFileName().toString());
  }

  @Test
  void aFolderThatIsNotThereHasNoFiles(@TempDir Path parent) throws IOException {
    assertThat(EventFile.existsIn(parent.resolve("absent"))).isFalse();
  }
}
