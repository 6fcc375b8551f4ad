package org.hpo4j.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.hpo4j.storage.StorageException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What does not keep a piece of work from being done. */
@Timeout(60)
class DatabaseTest {

  private final Path folder;

  DatabaseTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private Database open() {
    return Database.open(
        DatabaseUrl.parse(TestDatabase.SQLITE.create(folder)),
        Optional.empty(),
        Optional.empty(),
        1,
        Duration.ofMinutes(1));
  }

  @Test
  void anInterruptWhileAConnectionIsWaitedForIsKeptForLater() throws Exception {
    CompletableFuture<Boolean> done = new CompletableFuture<>();
    AtomicBoolean interrupted = new AtomicBoolean();
    try (Database database = open()) {
      Thread waiting =
          new Thread(
              () -> {
                try {
                  done.complete(database.read(connection -> Sql.exists(connection, "SELECT 1")));
                } catch (RuntimeException e) {
                  done.completeExceptionally(e);
                }
                interrupted.set(Thread.interrupted());
              });
      database.read(
          connection -> {
            waiting.start();
            awaitWaiting(waiting);
            waiting.interrupt();
            while (waiting.isInterrupted() && !done.isDone()) {
              Thread.onSpinWait();
            }
            awaitWaiting(waiting);
            return true;
          });
      assertThat(done.get()).isTrue();
      waiting.join();
      assertThat(interrupted).isTrue();
    }
  }

  /** As a server may be set up that has many small programs. */
  @Test
  void aCommitIsDurableWhateverTheServersDefaultIs() throws Exception {
    String url = PostgresServer.newDatabase();
    String name = url.replaceAll(".*/([^/?]*)([?].*)?", "$1");
    for (String setting : List.of("off", "remote_apply")) {
      TestDatabase.execute(
          url, "ALTER DATABASE \"" + name + "\" SET synchronous_commit = " + setting);
      try (Database database =
          Database.open(
              DatabaseUrl.parse(url), Optional.empty(), Optional.empty(), 1, Duration.ZERO)) {
        String expected = setting.equals("off") ? "on" : setting;
        assertThat(
                database.<Boolean>read(
                    connection ->
                        Sql.exists(
                            connection,
                            "SELECT 1 WHERE current_setting('synchronous_commit') = ?",
                            expected)))
            .isTrue();
      }
    }
  }

  @Test
  void oneThatIsClosedSaysSo() {
    Database database = open();
    database.close();
    assertThatThrownBy(() -> database.read(connection -> true))
        .isInstanceOf(StorageException.class)
        .hasMessageEndingWith("studies.db: is closed; open it again");
  }

  /** Until a thread waits for the only connection, or has ended. */
  private static void awaitWaiting(Thread thread) {
    while (thread.getState() != Thread.State.TIMED_WAITING
        && thread.getState() != Thread.State.TERMINATED) {
      Thread.onSpinWait();
    }
  }
}
