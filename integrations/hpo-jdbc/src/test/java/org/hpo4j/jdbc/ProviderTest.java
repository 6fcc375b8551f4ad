package org.hpo4j.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.hpo4j.storage.Storage;
import org.hpo4j.storage.Storages;
import org.hpo4j.trial.Direction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProviderTest {

  private final Path folder;

  ProviderTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void aWorkerOpensADatabaseByItsUrl() {
    String url = "jdbc:sqlite:" + folder.resolve("studies.db");
    try (Storage storage = Storages.open(url, Map.of())) {
      storage.create("study", List.of(Direction.MINIMIZE));
      assertThat(storage).isInstanceOf(JdbcStorage.class);
      assertThat(storage.studyNames()).containsExactly("study");
    }
  }

  /** Who shares a study with Optuna has these at hand. */
  @ParameterizedTest
  @ValueSource(strings = {"postgresql://hpo:secret@localhost/db", "sqlite:///studies.db"})
  void aUrlOfOptunaIsToldHowToBegin(String url) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Storages.open(url, Map.of()))
        .withMessageContaining("a URL that begins with jdbc:, such as jdbc:postgresql://host/db")
        .withMessageNotContaining("secret");
  }

  @ParameterizedTest
  @ValueSource(strings = {" jdbc:sqlite:studies.db", "jdbc:sqlite:studies.db\n"})
  void anAddressWithASpaceAroundItIsNoPath(String url) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Storages.open(url, Map.of()))
        .withMessage("an address must not begin or end with a space");
  }

  @Test
  void anUnknownOptionIsNamed() {
    String url = "jdbc:sqlite:" + folder.resolve("studies.db");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Storages.open(url, Map.of("pool", "3")))
        .withMessageContaining("pool")
        .withMessageContaining("user and password");
  }
}
