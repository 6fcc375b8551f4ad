package org.hpo4j.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;
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

  private static final String MARIADB = MariaDbServer.newDatabase().replaceFirst("[?].*", "");

  /** Everything that a user can be shown of an error. */
  private static String allOf(Throwable thrown) {
    StringWriter text = new StringWriter();
    thrown.printStackTrace(new PrintWriter(text));
    return text.toString();
  }

  private static void assertRefused(Throwable thrown) {
    assertThat(thrown)
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("cannot be opened")
        .hasMessageContaining("guarded");
    assertThat(allOf(thrown)).doesNotContain(WRONG);
  }

  @Test
  void postgresRefusesAWrongOneWhichIsNotShown() {
    assertRefused(
        catchThrowable(() -> JdbcStorage.open(POSTGRES + "?user=guarded&password=" + WRONG)));
    assertRefused(
        catchThrowable(() -> JdbcStorage.builder(POSTGRES).user("guarded").password(WRONG).open()));
  }

  @Test
  void theUrlsUserAndPasswordComeFirst() {
    String right = URLEncoder.encode(RIGHT, StandardCharsets.UTF_8);
    String url = POSTGRES + "?user=guarded&password=" + right;
    JdbcStorage.builder(url).user("nobody").password(WRONG).open().close();
  }

  @Test
  void mariaDbRefusesAWrongOneWhichIsNotShown() {
    assertRefused(
        catchThrowable(() -> JdbcStorage.open(MARIADB + "?user=guarded&password=" + WRONG)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:postgresql://ann:Se?cretZ@localhost:1/db",
        "jdbc:mariadb:replication://ann:Se?cretZ@localhost:1/db",
        "postgresql://ann:Se?cretZ@localhost/db",
        "jdbc:postgresql://localhost:1/db?user=ann&password=abc&cretZ",
        "jdbc:postgresql://localhost:1/db?user=ann&%70assword=cretZ",
        "jdbc:postgresql://localhost:1;password=cretZ/db",
        "jdbc:postgresql://localhost;password=cretZ/db?user=ann",
        "jdbc:mariadb://localhost:1/db;user=ann;password=cretZ",
        "jdbc:sqlite:/no/such/folder/studies.db?hexkey=cretZ",
        "jdbc:postgresql://localhost:1/db?user=ann:cretZ",
        "jdbc:postgresql://localhost:1/db?user=ann&pw=cretZ",
        "jdbc:postgresql://localhost:1/db?ann:cretZ",
        "jdbc:mariadb://localhost:1/db?user=ann&pasword=cretZ",
        "jdbc:postgresql://localhost:1/db?user=ann&credential=cretZ",
        "jdbc:mariadb://localhost:1/db?sslMode=disable&%75ser=ann%3AcretZ",
        "jdbc:unknown://localhost:1/db?USER=ann:cretZ"
      })
  void anUnusualPlaceOfOneIsNotShown(String url) {
    Throwable thrown = catchThrowable(() -> JdbcStorage.open(url));
    assertThat(allOf(thrown)).isNotEmpty().doesNotContain("cretZ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "?user=ann;password=cretZ",
        "?user=ann;password=cre%20cretZ",
        "?user=ann%3Bpassword=cretZ",
        "?user=ann;password=a;cretZ)cretZ&sslmode=disable",
        "?user=ann,pwd=cretZ&sslmode=disable",
        "?user=ann;password=SeSeSeSeSeSeSeSeSeSeSeSeSeSeSeSeSeSeSeSeSeSeSeSeSeSeSeSeSeSeScretZ",
      })
  void oneThatADriverTakesForAPartOfSomethingElseIsNotShown(String rest) {
    for (String address : List.of(POSTGRES, MARIADB)) {
      Throwable thrown = catchThrowable(() -> JdbcStorage.open(address + rest));
      assertThat(thrown).isInstanceOf(StorageException.class).hasMessageContaining("***");
      assertThat(allOf(thrown)).doesNotContain("cretZ").doesNotContain("SeSe");
    }
  }

  /** Which need not be an error of the database. */
  @Test
  void oneInACauseIsNotShown() {
    Throwable thrown =
        catchThrowable(() -> JdbcStorage.open(POSTGRES + "?socketFactory=x;password=cretZ"));
    assertThat(thrown).isInstanceOf(StorageException.class);
    assertThat(allOf(thrown)).contains("ClassNotFoundException").doesNotContain("cretZ");
  }

  @Test
  void whatTheServerSaysOfAUrlWithoutOneIsShownAsItIs() {
    SQLException error = new SQLException("no column keys=1, password=2", "42703");
    assertThat((Throwable) MaskedErrors.of(DatabaseUrl.parse(POSTGRES), error)).isSameAs(error);
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
