package org.hpo4j.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.hpo4j.contract.TestStudies;
import org.hpo4j.storage.Durability;
import org.hpo4j.storage.StudyChange;
import org.hpo4j.storage.StudyStorage;
import org.hpo4j.trial.Direction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several workers on one file of SQLite. */
class SqliteWorkersTest extends WorkersContract {

  private final String url;

  SqliteWorkersTest(@TempDir Path folder) {
    url = "jdbc:sqlite:" + folder.resolve("studies.db");
  }

  @Override
  String url() {
    return url;
  }

  @Test
  void moreTrialsThanAreLookedAtAtATimeAreAllRead() {
    int many = StudyReader.MOST_TRIALS + 7;
    try (JdbcStorage storage = JdbcStorage.open(url);
        JdbcStorage other = JdbcStorage.open(url)) {
      StudyStorage study = storage.create("study", List.of(Direction.MINIMIZE));
      StudyStorage read = other.find("study").orElseThrow();
      StudyChange ended = new StudyChange.ImportTrial(TestStudies.imported());
      study.commit(Collections.nCopies(many, ended), Durability.DURABLE);
      read.refreshForStart(false);
      assertThat(read.table().size()).isEqualTo(many);
      assertThat(read.runningElsewhere()).isEqualTo(many);
      read.refresh();
      assertThat(read.runningElsewhere()).isZero();
      assertThat(TestStudies.trials(read)).isEqualTo(TestStudies.trials(study));
      assertThat(TestStudies.trials(other.find("study").orElseThrow()))
          .isEqualTo(TestStudies.trials(study));
    }
  }
}
