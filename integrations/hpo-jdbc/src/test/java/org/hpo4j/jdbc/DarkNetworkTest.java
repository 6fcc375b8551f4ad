package org.hpo4j.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hpo4j.contract.TestStudies.finish;
import static org.hpo4j.contract.TestStudies.start;
import static org.hpo4j.contract.TestStudies.trials;
import static org.hpo4j.contract.TestStudies.x;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.hpo4j.storage.Durability;
import org.hpo4j.storage.StorageException;
import org.hpo4j.storage.StudyStorage;
import org.hpo4j.trial.Direction;
import org.hpo4j.trial.Outcome;
import org.hpo4j.trial.TrialState;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A server from which nothing comes any more, while its connections stay open. */
@Timeout(120)
class DarkNetworkTest {

  private final Path folder;

  DarkNetworkTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private static JdbcStorage open(Network network, Duration patience) {
    return JdbcStorage.builder(network.url()).patience(patience).open();
  }

  private static StudyStorage begun(JdbcStorage storage) {
    StudyStorage study = storage.create("study", List.of(Direction.MINIMIZE));
    study.commit(List.of(start(0, x(0.5))), Durability.DURABLE);
    return study;
  }

  @ParameterizedTest
  @EnumSource(names = {"POSTGRESQL", "MARIADB"})
  void isWaitedForAsLongAsPatienceLasts(TestDatabase database) throws IOException {
    String url = database.create(folder);
    try (Network network = new Network(url);
        JdbcStorage direct = JdbcStorage.open(url)) {
      JdbcStorage storage = open(network, Duration.ofSeconds(2));
      StudyStorage study = begun(storage);
      network.goDark();
      assertThatThrownBy(
              () -> study.commit(List.of(finish(0, Outcome.completed(1))), Durability.DURABLE))
          .isInstanceOf(StorageException.class)
          .hasMessageContaining("the database did not answer for more than 2000 ms");
      assertThat(direct.find("study").orElseThrow().table().state(0)).isEqualTo(TrialState.RUNNING);
      storage.close();
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"POSTGRESQL", "MARIADB"})
  void losesNothingWhenItComesBack(TestDatabase database) throws IOException {
    String url = database.create(folder);
    Executor later = CompletableFuture.delayedExecutor(6, TimeUnit.SECONDS);
    try (Network network = new Network(url);
        JdbcStorage direct = JdbcStorage.open(url);
        JdbcStorage storage = open(network, Duration.ofSeconds(20))) {
      StudyStorage study = begun(storage);
      network.goDark();
      CompletableFuture<Void> light = CompletableFuture.runAsync(() -> network.comeBack(), later);
      study.commit(List.of(finish(0, Outcome.completed(1))), Durability.DURABLE);
      light.join();
      assertThat(trials(direct.find("study").orElseThrow())).isEqualTo(trials(study));
    }
  }
}
