package org.hpo4j.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hpo4j.contract.TestStudies.commit;
import static org.hpo4j.contract.TestStudies.newStudy;
import static org.hpo4j.contract.TestStudies.start;
import static org.hpo4j.contract.TestStudies.trials;
import static org.hpo4j.contract.TestStudies.x;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.hpo4j.storage.StudyStorage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The lengths of time that a storage takes. */
class OptionsTest {

  private static final Duration YEAR = Duration.ofDays(365);
  private static final String LEAST = "PT-2562047788015215H-30M-8S";
  private static final String MOST = "PT2562047788015215H30M7S";

  private final String url;

  OptionsTest(@TempDir Path folder) {
    url = "jdbc:sqlite:" + folder.resolve("studies.db");
  }

  @ParameterizedTest
  @ValueSource(strings = {LEAST, "PT-0.001S", "PT8760H0.001S", "P200000D", MOST})
  void aPatienceThatIsNegativeOrTooLongIsRefused(Duration patience) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> JdbcStorage.builder(url).patience(patience))
        .withMessageContaining("patience must be at")
        .withMessageContaining(patience.toString());
  }

  @ParameterizedTest
  @CsvSource({
    "P200000D, PT1S",
    "PT8760H0.001S, PT1S",
    "P200000D, P100000D",
    "PT1S, " + MOST,
    MOST + ", PT1S",
    "PT-2S, PT-4S",
    "PT1S, " + LEAST,
    "PT1S, PT0.0005S",
    LEAST + ", PT1S",
    "PT1.999S, PT1S",
  })
  void aLeaseThatIsTooShortOrTooLongIsRefused(Duration lease, Duration heartbeat) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> JdbcStorage.builder(url).lease(lease, heartbeat))
        .withMessageMatching("(lease|heartbeat) must be at .*");
  }

  @Test
  void theLongestAreWaitedFor() throws SQLException {
    try (JdbcStorage storage =
            JdbcStorage.builder(url).patience(YEAR).lease(YEAR, YEAR.dividedBy(2)).open();
        Connection other = DriverManager.getConnection(url);
        Statement statement = other.createStatement()) {
      StudyStorage study = newStudy(storage);
      statement.execute("BEGIN IMMEDIATE");
      CompletableFuture<Void> started =
          CompletableFuture.runAsync(() -> commit(study, start(0, x(0.5))));
      // Until it has met the lock once, and goes on.
      assertThatThrownBy(() -> started.get(Dialect.LOCK_MILLIS + 1_000, TimeUnit.MILLISECONDS))
          .isInstanceOf(TimeoutException.class);
      statement.execute("ROLLBACK");
      started.join();
      assertThat(trials(study)).hasSize(1);
      assertThat(storage.find("study").orElseThrow().lostTrials()).isEmpty();
    }
  }
}
