package org.hpo4j.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.hpo4j.storage.StorageException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Addresses at which there is nothing, or nothing that can be used. */
class BadAddressTest {

  private static final String SECRET = "sesame";

  /** Opens the address that it is given and prints what came of it. */
  static final class Open {
    public static void main(String[] arguments) {
      try (JdbcStorage storage = JdbcStorage.open(arguments[0])) {
        System.out.println("opened " + storage);
      } catch (StorageException e) {
        System.out.println(e.getMessage());
      }
    }
  }

  private final Path folder;

  BadAddressTest(@TempDir Path folder) {
    this.folder = folder;
  }

  /** Everything that a user can be shown of an error. */
  private static String allOf(Throwable thrown) {
    StringWriter text = new StringWriter();
    thrown.printStackTrace(new PrintWriter(text));
    return text.toString();
  }

  @ParameterizedTest
  @ValueSource(strings = {"jdbc:h2:studies", "jdbc:", "studies.db", "postgresql://host/db"})
  void anotherDatabaseIsRefusedWithThoseThatAreServed(String url) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> JdbcStorage.builder(url))
        .withMessageContaining("jdbc:postgresql:")
        .withMessageContaining(url);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:postgresql://ann:" + SECRET + "@host/db",
        "jdbc:mariadb://ann:a/b@" + SECRET + "@host/db",
        "jdbc:oracle:thin:ann/x@//host?password=" + SECRET,
        "jdbc:oracle:thin:x//ann:" + SECRET + "@host",
        "jdbc:oracle:thin:ann/" + SECRET + "@host",
        "jdbc:postgresql:ann:" + SECRET + "@host/db",
      })
  void aUserBeforeTheHostIsRefusedWithoutShowingThePassword(String url) {
    Throwable thrown = catchThrowable(() -> JdbcStorage.builder(url));
    assertThat(thrown).isInstanceOf(IllegalArgumentException.class);
    assertThat(allOf(thrown)).doesNotContain(SECRET);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:postgresql://127.0.0.1:1/db?user=ann&password=" + SECRET,
        "jdbc:postgresql://127.0.0.1:1/db?password=" + SECRET + "&sslpassword=" + SECRET,
        "jdbc:mariadb://127.0.0.1:1/db?user=ann&password=" + SECRET,
        "jdbc:mariadb://127.0.0.1:1/db?trustStorePassword=" + SECRET,
        "jdbc:postgresql://127.0.0.1:1/db?user=ann&pass=" + SECRET,
      })
  void aServerThatIsNotThereIsNamedAndThePasswordIsNot(String url) {
    Throwable thrown = catchThrowable(() -> JdbcStorage.open(url));
    assertThat(thrown)
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("127.0.0.1:1/db")
        .hasMessageContaining("cannot be opened");
    assertThat(allOf(thrown)).doesNotContain(SECRET);
    assertThat(DatabaseUrl.parse(url).toString()).doesNotContain(SECRET);
  }

  @Test
  void ofAServerThatIsNotFoundTheReasonIsTold() {
    String url = "jdbc:postgresql://no.such.host.invalid/db?user=ann&password=" + SECRET;
    Throwable thrown = catchThrowable(() -> JdbcStorage.open(url));
    assertThat(thrown)
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("cannot be opened")
        .hasMessageContaining("(java.net.UnknownHostException: no.such.host.invalid");
    assertThat(allOf(thrown)).doesNotContain(SECRET);
  }

  @Test
  void aPasswordThatIsNotEncodedIsRefusedWithoutShowingAPartOfIt() {
    Throwable thrown =
        catchThrowable(() -> JdbcStorage.open("jdbc:postgresql://host/db?password=%zq"));
    assertThat(thrown)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("percent-encoded");
    assertThat(allOf(thrown)).doesNotContain("zq");
  }

  @ParameterizedTest
  @ValueSource(strings = {"jdbc:postgresql://127.0.0.1:port/db", "jdbc:postgresql:/127.0.0.1/db"})
  void anAddressThatTheDriverCannotReadIsNotTakenForAMissingDriver(String url) {
    assertThatThrownBy(() -> JdbcStorage.open(url))
        .isInstanceOf(StorageException.class)
        .hasMessageContaining(url + ": its driver cannot read this URL")
        .hasMessageContaining("like jdbc:postgresql://localhost/db");
  }

  @ParameterizedTest
  @CsvSource({
    "sqlite-jdbc, jdbc:sqlite:studies.db, org.xerial:sqlite-jdbc",
    "postgresql, jdbc:postgresql://127.0.0.1:1/db, org.postgresql:postgresql",
    "mariadb-java-client, jdbc:mariadb://127.0.0.1:1/db, org.mariadb.jdbc:mariadb-java-client",
  })
  void aMissingDriverIsNamed(String jar, String url, String driver) throws Exception {
    String output = openWithout("/" + jar + "-", url);
    assertThat(output).contains("its driver is not on the class path").contains(driver);
  }

  /** What a process says that lacks a jar. */
  private static String openWithout(String jar, String url) throws IOException {
    String classes =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
            .filter(entry -> !entry.contains(jar))
            .collect(Collectors.joining(File.pathSeparator));
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                classes,
                Open.class.getName(),
                url)
            .redirectErrorStream(true)
            .start();
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  @Test
  void aFolderThatIsNotThereIsNamed() {
    Path missing = folder.resolve("missing");
    assertThatThrownBy(() -> JdbcStorage.open("jdbc:sqlite:" + missing.resolve("studies.db")))
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("there is no folder " + missing);
  }

  @Test
  void aFolderThatCannotBeWrittenIsNamed() {
    assertThat(folder.toFile().setWritable(false)).isTrue();
    try {
      assumeThat(Files.isWritable(folder)).as("the superuser may write anywhere").isFalse();
      assertThatThrownBy(() -> JdbcStorage.open("jdbc:sqlite:" + folder.resolve("studies.db")))
          .isInstanceOf(StorageException.class)
          .hasMessageContaining("the folder " + folder + " cannot be written to");
    } finally {
      assertThat(folder.toFile().setWritable(true)).isTrue();
    }
  }

  @Test
  void aFileThatIsNoDatabaseIsLeftAlone() throws IOException {
    Path file = folder.resolve("studies.db");
    String text = "This is a letter, and not a database at all. ".repeat(40);
    Files.writeString(file, text);
    assertThatThrownBy(() -> JdbcStorage.open("jdbc:sqlite:" + file))
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("studies.db")
        .hasMessageContaining("not a database");
    assertThat(file).hasContent(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:sqlite::memory:",
        "jdbc:sqlite:file::memory:?cache=shared",
        "jdbc:sqlite:file:studies?mode=memory&cache=shared",
        "jdbc:sqlite:file:/studies?vfs=memdb",
      })
  void aDatabaseInMemoryIsRefusedWithWhatToUse(String url) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> JdbcStorage.open(url))
        .withMessageContaining("Storage.inMemory()");
  }
}
