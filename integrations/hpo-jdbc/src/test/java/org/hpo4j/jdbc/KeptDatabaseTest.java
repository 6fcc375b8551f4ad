package org.hpo4j.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.hpo4j.contract.KeptStudies;
import org.hpo4j.study.RunOptions;
import org.hpo4j.study.Study;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file of SQLite, made by {@link MakeKeptDatabase}, that must open for ever. */
class KeptDatabaseTest {

  private static final Path KEPT = Path.of("src/test/resources/sqlite/version-0.1.db");

  private final String url;

  KeptDatabaseTest(@TempDir Path folder) throws IOException {
    url = "jdbc:sqlite:" + Files.copy(KEPT, folder.resolve("studies.db"));
  }

  @Test
  void opens() throws IOException {
    try (JdbcStorage storage = JdbcStorage.open(url)) {
      assertThat(KeptStudies.canonical(storage))
          .isEqualTo(Files.readString(KEPT.resolveSibling(KEPT.getFileName() + ".canonical")));
      assertThat(KeptStudies.details(storage.find(KeptStudies.EVERYTHING).orElseThrow()))
          .isEqualTo(KeptStudies.everything());
    }
  }

  @Test
  void itsStudiesGoOn() {
    try (JdbcStorage storage = JdbcStorage.open(url)) {
      Study study = KeptStudies.declared(storage);
      study.optimize(KeptStudies::train, RunOptions.trials(14));
      assertThat(study.trial(12).configuration().get(KeptStudies.RATE)).isEqualTo(0.25);
      assertThat(study.trials()).hasSize(14).allMatch(trial -> trial.state().isFinished());
    }
  }
}
