package org.hpo4j.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.hpo4j.contract.TestStudies.finish;
import static org.hpo4j.contract.TestStudies.start;
import static org.hpo4j.contract.TestStudies.trials;
import static org.hpo4j.contract.TestStudies.x;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.hpo4j.storage.Durability;
import org.hpo4j.storage.StorageException;
import org.hpo4j.storage.StudyStorage;
import org.hpo4j.trial.Direction;
import org.hpo4j.trial.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SQLite where there is no space left, or none that can be written to. */
class SmallDiskTest {

  private final Path folder;

  SmallDiskTest(@TempDir Path folder) {
    this.folder = folder;
  }

  /** Runs trials until one cannot be recorded. */
  private static StorageException fill(StudyStorage study) {
    while (true) {
      int number = study.table().size();
      try {
        study.commit(
            List.of(start(number, x(0.5)), finish(number, Outcome.completed(number))),
            Durability.DURABLE);
      } catch (StorageException e) {
        return e;
      }
    }
  }

  @Test
  void aDatabaseThatMayNotGrowLosesNothing() {
    String url = "jdbc:sqlite:" + folder.resolve("studies.db");
    try (JdbcStorage storage = JdbcStorage.open(url + "?max_page_count=100")) {
      StudyStorage study = storage.create("study", List.of(Direction.MINIMIZE));
      assertThat(fill(study)).hasMessageContaining("studies.db").hasMessageContaining("full");
      int number = study.table().size();
      assertThat(number).isPositive();
      assertThat(trials(storage.find("study").orElseThrow())).isEqualTo(trials(study));
      try (JdbcStorage larger = JdbcStorage.open(url)) {
        StudyStorage again = larger.find("study").orElseThrow();
        assertThat(trials(again)).isEqualTo(trials(study));
        again.commit(List.of(start(number, x(0.5))), Durability.DURABLE);
        study.refresh();
        assertThat(study.table().size()).isEqualTo(number + 1);
      }
    }
  }

  @Test
  void aFullDiskLosesNothing() throws Exception {
    Path disk = mount("size=1m");
    try (JdbcStorage storage = JdbcStorage.open("jdbc:sqlite:" + disk.resolve("studies.db"))) {
      StudyStorage study = storage.create("study", List.of(Direction.MINIMIZE));
      assertThat(fill(study)).hasMessageContaining("studies.db");
      int number = study.table().size();
      assertThat(number).isPositive();
      assertThat(trials(storage.find("study").orElseThrow())).isEqualTo(trials(study));
      // Space is made: the same study goes on.
      run("mount", "-o", "remount,size=8m", disk.toString());
      study.commit(List.of(start(number, x(0.5))), Durability.DURABLE);
      assertThat(storage.find("study").orElseThrow().table().size()).isEqualTo(number + 1);
    } finally {
      run("umount", disk.toString());
    }
  }

  @Test
  void aReadOnlyDiskIsNamed() throws Exception {
    Path disk = mount("size=8m");
    String url = "jdbc:sqlite:" + disk.resolve("studies.db");
    try {
      JdbcStorage.open(url).close();
      run("mount", "-o", "remount,ro", disk.toString());
      assertThatThrownBy(() -> JdbcStorage.open(url))
          .isInstanceOf(StorageException.class)
          .hasMessageContaining("the folder " + disk + " cannot be written to");
    } finally {
      run("umount", disk.toString());
    }
  }

  /** A small file system in memory; the test is skipped where this process may not have one. */
  private Path mount(String options) throws Exception {
    Path disk = Files.createDirectory(folder.resolve("disk"));
    assumeThat(System.getProperty("os.name")).as("tmpfs is Linux's").isEqualTo("Linux");
    assumeThat(run("mount", "-t", "tmpfs", "-o", options, "tmpfs", disk.toString()))
        .as("mounting a file system takes a privileged process")
        .isZero();
    return disk;
  }

  private static int run(String... command) throws IOException, InterruptedException {
    return new ProcessBuilder(command).inheritIO().start().waitFor();
  }
}
