package org.hpo4j.benchmarks.convergence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RegretFilesTest {

  @Test
  void whatIsWrittenIsRead(@TempDir Path folder) throws IOException {
    List<Regret> regrets =
        List.of(new Regret("branin", "a", 3, 20, 0.1), new Regret("cond", "b", 4, 100, 1e-17));
    Path file = folder.resolve("regrets.csv");
    RegretFiles.writeCsv(file, regrets);
    assertThat(RegretFiles.readCsv(file)).isEqualTo(regrets);
  }

  @Test
  void aBrokenLineIsNamed(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("broken.csv");
    Files.write(file, List.of(RegretFiles.HEADER, "branin,a,3,20"));
    assertThatThrownBy(() -> RegretFiles.readCsv(file))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("broken.csv")
        .hasMessageContaining("branin,a,3,20");
  }

  @Test
  void anotherTableIsRefused(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("other.csv");
    Files.write(file, List.of("x,y", "1,2"));
    assertThatThrownBy(() -> RegretFiles.readCsv(file))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(RegretFiles.HEADER);
  }
}
