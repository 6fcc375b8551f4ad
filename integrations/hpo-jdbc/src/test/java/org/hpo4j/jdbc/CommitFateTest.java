package org.hpo4j.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hpo4j.contract.TestStudies.START;
import static org.hpo4j.contract.TestStudies.finish;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.hpo4j.space.Configuration;
import org.hpo4j.storage.Durability;
import org.hpo4j.storage.StudyChange;
import org.hpo4j.storage.StudyStorage;
import org.hpo4j.trial.Direction;
import org.hpo4j.trial.Outcome;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A commit whose answer was lost, and what others have made of it until it is looked for. */
class CommitFateTest {

  private static final List<Direction> DIRECTIONS = List.of(Direction.MINIMIZE);
  private static final String WORKER = "a worker";

  private final Path folder;

  CommitFateTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @ParameterizedTest
  @EnumSource
  void anEnqueuedTrialIsFoundThoughAnotherWorkerHasEndedIt(TestDatabase kind) {
    String url = kind.create(folder);
    try (JdbcStorage other = JdbcStorage.open(url);
        Database database =
            Database.open(
                DatabaseUrl.parse(url), Optional.empty(), Optional.empty(), 2, Duration.ZERO)) {
      StudyStorage claimant = other.create("study", DIRECTIONS);
      BatchWriter writer = writer(database);
      assertThat(isApplied(database, writer)).isFalse();
      database.write(
          connection -> {
            writer.write(connection, 0);
            return true;
          },
          connection -> false);
      assertThat(isApplied(database, writer)).isTrue();
      claimant.refresh();
      claimant.commit(
          List.of(
              new StudyChange.ClaimTrial(0, Configuration.empty(), START),
              finish(0, Outcome.completed(1))),
          Durability.DURABLE);
      assertThat(isApplied(database, writer)).isTrue();
    }
  }

  private static BatchWriter writer(Database database) {
    Dialect dialect = database.dialect();
    StudyKey key =
        database.read(connection -> StudyKey.find(connection, dialect, "study")).orElseThrow();
    Leases leases = new Leases(database, WORKER, Duration.ofHours(1));
    CommitPlan plan =
        new CommitPlan(
            new StudyMirror(key, DIRECTIONS, database, leases),
            leases,
            new ChangeBatch(dialect.limits(), WORKER),
            new ChangeBatch(dialect.limits(), WORKER),
            Set.of(),
            List.of(new StudyChange.EnqueueTrial(Map.of("x", 0.5), Map.of())),
            false);
    return new BatchWriter(dialect, leases, key, plan);
  }

  private static boolean isApplied(Database database, BatchWriter writer) {
    return database.write(writer::isApplied, connection -> false);
  }
}
