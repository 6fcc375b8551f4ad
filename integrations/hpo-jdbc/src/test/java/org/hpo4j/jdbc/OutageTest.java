package org.hpo4j.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hpo4j.contract.TestStudies.start;
import static org.hpo4j.contract.TestStudies.x;

import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.hpo4j.storage.Durability;
import org.hpo4j.storage.LostTrial;
import org.hpo4j.trial.Direction;
import org.junit.jupiter.api.Test;

/** Leases that ended while the server could not be reached. */
class OutageTest {

  private static final Duration HOUR = Duration.ofHours(1);

  private final String url = PostgresServer.newDatabase();

  private Database open() {
    return Database.open(
        DatabaseUrl.parse(url), Optional.empty(), Optional.empty(), 2, Duration.ofMinutes(1));
  }

  private static List<LostTrial> lost(Database database) {
    return new Leases(database, "another worker", HOUR).findLost(1);
  }

  /** Has the server cut the connection that asks for it, once. */
  private static void cut(Database database) {
    AtomicBoolean first = new AtomicBoolean(true);
    database.read(
        (Connection connection) ->
            first.getAndSet(false)
                ? Sql.exists(connection, "SELECT pg_terminate_backend(pg_backend_pid())")
                : Sql.exists(connection, "SELECT 1"));
  }

  @Test
  void aStatementThatSomebodyCancelsIsTriedAgain() {
    AtomicBoolean first = new AtomicBoolean(true);
    try (Database database = open()) {
      assertThat(
              database.<Boolean>read(
                  connection ->
                      first.getAndSet(false)
                          ? Sql.exists(
                              connection,
                              "SELECT pg_cancel_backend(pg_backend_pid()), pg_sleep(60)")
                          : Sql.exists(connection, "SELECT 1")))
          .isTrue();
    }
    assertThat(first).isFalse();
  }

  @Test
  void aWorkerThatSawAnOutageLeavesOthersTheTimeToRenew() {
    try (JdbcStorage storage = JdbcStorage.builder(url).lease(HOUR.multipliedBy(2), HOUR).open();
        Database outside = open();
        Database cut = open()) {
      storage
          .create("study", List.of(Direction.MINIMIZE))
          .commit(List.of(start(0, x(0.5))), Durability.DURABLE);
      outside.write(
          connection -> Sql.update(connection, "UPDATE hpo4j_leases SET expires_ms = 1"),
          connection -> false);
      cut(cut);
      assertThat(lost(outside)).extracting(LostTrial::number).containsExactly(0);
      assertThat(lost(cut)).isEmpty();
    }
  }
}
