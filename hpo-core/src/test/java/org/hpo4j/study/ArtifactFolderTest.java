package org.hpo4j.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.hpo4j.json.Json;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArtifactFolderTest {

  private Path root;
  private Path source;
  private ArtifactFolder folder;

  @BeforeEach
  void writeSource(@TempDir Path temporary) throws IOException {
    root = temporary;
    source = Files.writeString(root.resolve("source.bin"), "weights");
    folder = ArtifactFolder.of(root.resolve("artifacts"), "unet");
  }

  private static Artifact attach(ArtifactFolder folder, int number, String name, Path file) {
    try (AtomicFile draft = folder.draft(number, name, file)) {
      draft.putInPlace();
    }
    return new Artifact(number, name);
  }

  @Test
  void attachedFilesAreCopiesInTheTrialsFolder() throws IOException {
    attach(folder, 7, "weights.bin", source);
    Files.delete(source);

    assertThat(folder.path(7, "weights.bin"))
        .isEqualTo(root.resolve("artifacts/unet/trial-7/weights.bin"))
        .hasContent("weights");
  }

  @Test
  void filesAreListedInOrderAndFoundByName() {
    attach(folder, 7, "b", source);
    attach(folder, 7, "a", source);
    attach(folder, 8, "c", source);

    assertThat(folder.list(7)).containsExactly("a", "b");
    assertThat(folder.list(9)).isEmpty();
    assertThat(folder.find(7, "a")).contains(folder.path(7, "a"));
    assertThat(folder.find(7, "c")).isEmpty();
  }

  @Test
  void aSecondFileOfTheSameNameReplacesTheFirst() throws IOException {
    attach(folder, 7, "a", source);
    attach(folder, 7, "a", Files.writeString(source, "newer"));

    assertThat(folder.path(7, "a")).hasContent("newer");
    assertThat(folder.list(7)).containsExactly("a");
  }

  @Test
  void whatAKilledProcessLeftIsNotListed() throws IOException {
    attach(folder, 7, "a", source);
    Files.writeString(folder.path(7, "a").resolveSibling("b~123.tmp"), "half");

    assertThat(folder.list(7)).containsExactly("a");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "..", "a/b", "a\\b", "../x", "a b", "ä", "a~b", "a\0", "c:d"})
  void otherNamesAreRefused(String name) {
    assertThatThrownBy(() -> attach(folder, 0, name, source))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("letters, digits, dots, dashes and underscores")
        .hasMessageContaining("'" + name + "'");
  }

  @Test
  void anAbsentFileIsNamed() {
    Path absent = root.resolve("absent.bin");

    assertThatThrownBy(() -> attach(folder, 3, "a", absent))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("cannot attach 'a' to trial 3")
        .hasMessageContaining(absent.toString());
    assertThat(root.resolve("artifacts")).doesNotExist();
  }

  @Test
  void aFolderThatCannotBeWrittenIsNamed() throws IOException {
    Path taken = Files.writeString(root.resolve("taken"), "a file where the folder should be");

    assertThatThrownBy(() -> attach(ArtifactFolder.of(taken, "unet"), 3, "a", source))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("cannot make the artifact folder")
        .hasMessageContaining(taken.resolve("unet").toString());
  }

  @Test
  void aFullDiskIsNamedAndLeavesTheEarlierFile() throws IOException {
    // The device for it: every write fails with ENOSPC.
    Path full = Path.of("/dev/full");
    assumeThat(Files.exists(full)).as("/dev/full is there").isTrue();
    attach(folder, 3, "a", source);

    assertThatThrownBy(
            () ->
                AtomicFile.write(
                    "artifact 'a'",
                    folder.path(3, "a"),
                    out -> {
                      out.write(1);
                      Files.write(full, new byte[1]);
                    }))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("cannot write artifact 'a' " + folder.path(3, "a"))
        .hasMessageContaining("No space left");
    assertThat(folder.path(3, "a")).hasContent("weights");
    assertThat(folder.path(3, "a").getParent()).isDirectoryNotContaining("glob:*~*");
  }

  @Test
  void onlyTheGivenTrialsAreDeleted() throws IOException {
    for (int number = 0; number < 4; number++) {
      attach(folder, number, "a", source);
    }
    Files.writeString(folder.path(1, "a").resolveSibling("b~123.tmp"), "half");
    BitSet expired = new BitSet();
    expired.set(1);
    expired.set(3);
    expired.set(100);

    folder.delete(expired, name -> false);

    assertThat(root.resolve("artifacts/unet").toFile().list())
        .containsExactlyInAnyOrder("trial-0", "trial-2");
  }

  @Test
  void deletingFromAnEmptyFolderDoesNothing() {
    BitSet expired = new BitSet();
    expired.set(0, 10);

    folder.delete(expired, name -> false);

    assertThat(root.resolve("artifacts")).doesNotExist();
  }

  @Test
  void plainStudyNamesAreTheFoldersName() {
    assertThat(ArtifactFolder.folderName("unet-1.2_b")).isEqualTo("unet-1.2_b");
  }

  @Test
  void studyNamesNeverCollideAndStayInsideTheRoot() {
    Set<String> folders = new HashSet<>();
    String[] names = {
      "unet",
      "Unet",
      "UNET",
      "u/net",
      "u_net",
      "u\\net",
      "..",
      ".",
      "...",
      "a.",
      "a",
      " a",
      "a ",
      "ä",
      "a\u0308",
      "con",
      "con.txt",
      "con~",
      "",
      "../../etc",
      "x".repeat(80),
      "x".repeat(81),
      "x".repeat(500),
      "x".repeat(501),
      "u_net~" + "0".repeat(32),
      "\ud83d\ude80"
    };
    for (String name : names) {
      String folderName = ArtifactFolder.folderName(name);
      assertThat(folderName).matches("[A-Za-z0-9._~-]{1,120}").doesNotEndWith(".");
      // A file system may not tell lower case from upper case.
      folders.add(folderName.toLowerCase(Locale.ROOT));
      assertThat(root.resolve(folderName).normalize().getParent()).isEqualTo(root);
    }
    assertThat(folders).hasSize(names.length);
  }

  @Test
  void artifactsAreRecordedInOptunasForm() {
    Artifact artifact = attach(folder, 7, "plot.png", source);

    assertThat(artifact.key()).isEqualTo("artifacts:trial-7/plot.png");
    Map<?, ?> value = (Map<?, ?>) Json.parse(artifact.value()).orElseThrow();
    assertThat(value.get("artifact_id")).isEqualTo("trial-7/plot.png");
    assertThat(value.get("filename")).isEqualTo("plot.png");
    assertThat(value.get("mimetype")).isEqualTo("image/png");
    assertThat(value.containsKey("encoding")).isTrue();
    assertThat(value.get("encoding")).isNull();
  }

  @Test
  void filesThatAreAlwaysKeptStayWhereOthersAreDeleted() {
    attach(folder, 0, "weights.bin", source);
    attach(folder, 0, "history.csv", source);
    BitSet expired = new BitSet();
    expired.set(0);
    folder.delete(expired, Retention.bestTrials(1).keepingAlways("history.csv")::keepsAlways);
    assertThat(folder.list(0)).containsExactly("history.csv");
  }
}
