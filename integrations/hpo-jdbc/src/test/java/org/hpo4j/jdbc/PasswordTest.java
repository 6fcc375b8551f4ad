package org.hpo4j.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import org.hpo4j.storage.Storage;
import org.hpo4j.storage.StorageException;
import org.hpo4j.storage.Storages;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers that ask for a password. */
class PasswordTest {

  private static final String RIGHT = PostgresServer.PASSWORD;
  private static final String WRONG = "open-barley";
  private static final String POSTGRES = PostgresServer.newGuardedDatabase();

  private static void assertRefused(Throwable thrown) {
    assertThat(thrown)
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("cannot be opened")
        .hasMessageContaining("guarded");
    StringWriter text = new StringWriter();
    thrown.printStackTrace(new PrintWriter(text));
    assertThat(text.toString()).doesNotContain(WRONG);
  }

  @Test
  void postgresRefusesAWrongOneWhichIsNotShown() {
    assertRefused(
        catchThrowable(() -> JdbcStorage.open(POSTGRES + "?user=guarded&password=" + WRONG)));
    assertRefused(
        catchThrowable(() -> JdbcStorage.builder(POSTGRES).user("guarded").password(WRONG).open()));
  }

  @Test
  void mariaDbRefusesAWrongOneWhichIsNotShown() {
    String url = MariaDbServer.newDatabase();
    String plain = url.substring(0, url.indexOf('?'));
    assertRefused(
        catchThrowable(() -> JdbcStorage.open(plain + "?user=guarded&password=" + WRONG)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:postgresql://ann:Se?cretZ@localhost:1/db",
        "jdbc:mariadb:replication://ann:Se?cretZ@localhost:1/db",
        "postgresql://ann:Se?cretZ@localhost/db",
        "jdbc:postgresql://localhost:1/db?user=ann&password=abc&cretZ",
        "jdbc:postgresql://localhost:1/db?user=ann&%70assword=cretZ",
        "jdbc:sqlite:/no/such/folder/studies.db?hexkey=cretZ"
      })
  void anUnusualPlaceOfOneIsNotShown(String url) {
    Throwable thrown = catchThrowable(() -> JdbcStorage.open(url));
    StringWriter text = new StringWriter();
    thrown.printStackTrace(new PrintWriter(text));
    assertThat(text.toString()).isNotEmpty().doesNotContain("cretZ");
  }

  @Test
  void theRightOneOpensFromTheUrlOrTheBuilderOrAWorkersOptionsAndIsNotShown() {
    try (JdbcStorage inUrl =
            JdbcStorage.open(POSTGRES + "?user=guarded&password=open%2Fsesame%261");
        JdbcStorage built = JdbcStorage.builder(POSTGRES).user("guarded").password(RIGHT).open();
        Storage worker = Storages.open(POSTGRES, Map.of("user", "guarded", "password", RIGHT))) {
      assertThat(inUrl.studyNames()).isEmpty();
      assertThat(inUrl.toString()).contains("guarded").doesNotContain("sesame");
      assertThat(built.toString()).doesNotContain("sesame");
      assertThat(worker.toString()).doesNotContain("sesame");
    }
  }
}
