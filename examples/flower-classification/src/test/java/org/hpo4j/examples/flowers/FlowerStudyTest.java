package org.hpo4j.examples.flowers;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.hpo4j.examples.flowers.features.SqueezeNetFile;
import org.hpo4j.storage.Storage;
import org.hpo4j.storage.journal.JournalStorage;
import org.hpo4j.study.Study;
import org.hpo4j.trial.Direction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FlowerStudyTest {

  @Test
  void aSecondStartDoesOnlyWhatIsLeft(@TempDir Path folder) throws IOException {
    Run first = smoke(folder);
    assertThat(first.code).as(first.err).isZero();
    assertThat(first.out).contains("Features of squeezenet", "Best: ");
    for (String file :
        List.of(
            "journal.log",
            "trials.csv",
            "runs.csv",
            "runs.json",
            "runs.md",
            "accuracy.png",
            "pictures.png",
            "results.md",
            "results.json")) {
      assertThat(folder.resolve("run").resolve(file)).isNotEmptyFile();
    }
    // Four runs of three epochs, and the header.
    assertThat(Files.readAllLines(folder.resolve("run/runs.csv"))).hasSize(13);
    assertThat(events(folder, "trial-0003")).contains("/gradient");
    assertThat(events(folder, "model"))
        .contains("pictures")
        .contains("backbone/fire9/expand3x3/kernel", "backbone/fire9/expand3x3/bias");
    String results = Files.readString(folder.resolve("run/results.json"));

    Run second = smoke(folder);
    assertThat(second.code).as(second.err).isZero();
    assertThat(second.out).doesNotContain("Features of squeezenet");
    assertThat(folder.resolve("run/results.json")).content().isEqualTo(results);

    Run other = smoke(folder, "--epochs", "4");
    assertThat(other.code).isEqualTo(2);
    assertThat(other.err.lines()).hasSize(1);
    assertThat(other.err).contains("epochs=3", "epochs=4", "--out");
  }

  @Test
  void tensorFlowTrainsTheSameHead(@TempDir Path folder) throws IOException {
    Run run = smoke(folder, "--engine", "tensorflow", "--backbone", "none");
    assertThat(run.code).as(run.err).isZero();
    assertThat(run.out).contains("Best: ");
    assertThat(Files.readAllLines(folder.resolve("run/runs.csv"))).hasSize(13);
    assertThat(events(folder, "trial-0003")).contains("hidden/kernel/gradient");
  }

  /** The event files of a run; tags are in them as text. */
  private static String events(Path folder, String run) throws IOException {
    StringBuilder all = new StringBuilder();
    try (Stream<Path> files = Files.list(folder.resolve("run/tensorboard").resolve(run))) {
      for (Path file : files.toList()) {
        all.append(Files.readString(file, StandardCharsets.ISO_8859_1));
      }
    }
    return all.toString();
  }

  @Test
  void badArgumentsGiveOneLineAndCodeTwo(@TempDir Path folder) {
    assertRefused(folder, List.of("--profile", "tiny"), "--profile", "tiny");
    assertRefused(folder, List.of("--epochs", "0"), "epochs is 0, must be at least 1");
    assertRefused(folder, List.of("--views", "0"), "views is 0, must be at least 1");
    assertRefused(folder, List.of("--per-class", "-1"), "examples per class is -1");
    assertRefused(folder, List.of("--crop", "20"), "crop is 20 pixels, must be at least 32");
    assertRefused(folder, List.of("--backbone", "alexnet"), "--backbone", "alexnet");
    assertRefused(folder, List.of("--data", folder.resolve("nowhere").toString()), "nowhere");
    assertRefused(
        folder,
        List.of("--backbone", "resnet34", "--weights", "w.h5"),
        "backbone resnet34 has none");
    assertRefused(
        folder, List.of("--random-weights", "--weights", "w.h5"), "so is --random-weights");
    for (String gpu : List.of("-1", "99")) {
      assertRefused(folder, List.of("--gpu", gpu), "gpu(" + gpu + ")", "that the engine can use");
    }
    assertThat(folder.resolve("run")).doesNotExist();
  }

  @Test
  void aRunFolderOfAnotherStudyIsLeftAlone(@TempDir Path folder) throws IOException {
    Path run = Files.createDirectories(folder.resolve("run"));
    Files.writeString(run.resolve("results.md"), "of another study");
    try (Storage journal = JournalStorage.open(run.resolve("journal.log"))) {
      journal.create("another", List.of(Direction.MINIMIZE));
    }
    byte[] before = Files.readAllBytes(run.resolve("journal.log"));
    assertRefused(folder, List.of(), run.toString(), "[another]", "flowers", "--out");
    assertThat(run.resolve("journal.log")).hasBinaryContent(before);
    try (Stream<Path> files = Files.list(run)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder("journal.log", "results.md");
    }
  }

  @Test
  void aFolderOfOtherFilesIsLeftAlone(@TempDir Path folder) throws IOException {
    Path run = folder.resolve("run");
    Files.createDirectories(run.resolve("tuners"));
    assertRefused(folder, List.of(), run.toString(), "has other files", "--out");
    assertThat(run.resolve("journal.log")).doesNotExist();
  }

  @Test
  void aFolderOfHiddenFilesIsFree(@TempDir Path folder) throws IOException {
    Files.writeString(folder.resolve(".directory"), "of the desktop");
    RunFolder.requireFreeFor("any", folder);
    // As of a process that was stopped before it began the study.
    JournalStorage.open(RunFolder.journal(folder)).close();
    RunFolder.requireFreeFor("any", folder);
    assertThat(folder.resolve("journal.log")).isEmptyFile();
  }

  @Test
  void anEmptyClassFolderIsToldInOneLine(@TempDir Path folder) throws IOException {
    Files.createDirectories(folder.resolve("data/daisy"));
    Files.createDirectories(folder.resolve("data/roses"));
    assertRefused(
        folder, List.of("--data", folder.resolve("data").toString()), "daisy", "has no pictures");
  }

  @Test
  void otherWeightsInAFileOfTheSameNameAreAnotherStudy(@TempDir Path folder) throws IOException {
    Path weights = SqueezeNetFile.write(folder.resolve("weights.h5"), 1, 64);
    String[] small = {"--epochs", "1", "--views", "1", "--per-class", "5", "--weights"};
    Run first = smoke(folder, with(small, weights));
    assertThat(first.code).as(first.err).isZero();
    byte[] results = Files.readAllBytes(folder.resolve("run/results.json"));

    Path moved = Files.move(weights, folder.resolve("moved.h5"));
    Run same = smoke(folder, with(small, moved));
    assertThat(same.code).as(same.err).isZero();

    SqueezeNetFile.write(weights, 2, 64);
    assertRefused(folder, List.of(with(small, weights)), "can't be resumed", "weights=", "--out");
    assertThat(folder.resolve("run/results.json")).hasBinaryContent(results);
  }

  @Test
  void otherPicturesInTheSameFolderAreAnotherStudy(@TempDir Path folder) throws IOException {
    Path data = folder.resolve("data");
    for (String name : List.of("daisy", "roses")) {
      Files.createDirectories(data.resolve(name));
      for (int i = 0; i < 3; i++) {
        picture(data.resolve(name + "/" + i + ".png"), 0);
      }
    }
    String[] small = {"--epochs", "1", "--views", "1", "--per-class", "5", "--data"};
    Run first = smoke(folder, with(small, data));
    assertThat(first.code).as(first.err).isZero();
    byte[] results = Files.readAllBytes(folder.resolve("run/results.json"));

    picture(data.resolve("roses/1.png"), 1);
    assertRefused(folder, List.of(with(small, data)), "was begun on other pictures", "--out");

    picture(data.resolve("roses/1.png"), 0);
    Run same = smoke(folder, with(small, data));
    assertThat(same.code).as(same.err).isZero();
    assertThat(folder.resolve("run/results.json")).hasBinaryContent(results);

    picture(data.resolve("roses/3.png"), 0);
    assertRefused(folder, List.of(with(small, data)), "was begun on other pictures", "--out");
  }

  @Test
  void aStudyWithoutDataGetsThem() {
    Study study = Study.named("begun before").minimize("x").create();
    study.setAttribute("setting", "{epochs=3}");
    RunFolder.requireSame(study, "{epochs=3}", "1f");
    assertThat(study.attributes()).containsEntry("data", "1f");
  }

  /** Writes a picture that is black but for the blue of one pixel. */
  private static void picture(Path file, int blue) throws IOException {
    BufferedImage image = new BufferedImage(64, 64, BufferedImage.TYPE_INT_RGB);
    image.setRGB(3, 2, blue);
    ImageIO.write(image, "png", file.toFile());
  }

  private static String[] with(String[] arguments, Path last) {
    return Stream.concat(Arrays.stream(arguments), Stream.of(last.toString()))
        .toArray(String[]::new);
  }

  @Test
  void weightsThatCantBeUsedDoNotBindTheRunFolder(@TempDir Path folder) throws IOException {
    Path missing = folder.resolve("nowhere.h5");
    assertRefused(folder, List.of("--weights", missing.toString()), "nowhere.h5", "not a file");
    Path page = Files.writeString(folder.resolve("page.h5"), "<html>404</html>");
    assertRefused(folder, List.of("--weights", page.toString()), "page.h5", "HDF5");
    assertThat(folder.resolve("run")).doesNotExist();
  }

  private static void assertRefused(Path folder, List<String> more, String... words) {
    Run run = smoke(folder, more.toArray(String[]::new));
    assertThat(run.code).as("exit code of %s: %s", more, run.err).isEqualTo(2);
    assertThat(run.err.lines()).as("lines of %s", run.err).hasSize(1);
    assertThat(run.err).contains(words);
  }

  private record Run(int code, String out, String err) {}

  /** Runs the smallest study; later arguments replace earlier ones. */
  private static Run smoke(Path folder, String... more) {
    List<String> arguments = new ArrayList<>();
    if (!List.of(more).contains("--profile")) {
      arguments.addAll(List.of("--profile", "smoke"));
    }
    if (!List.of(more).contains("--weights") && !List.of(more).contains("none")) {
      arguments.add("--random-weights");
    }
    arguments.addAll(List.of(more));
    arguments.addAll(
        List.of(
            "--out",
            folder.resolve("run").toString(),
            "--cache",
            folder.resolve("cache").toString()));
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code =
        FlowerStudy.execute(
            arguments.toArray(String[]::new),
            new PrintWriter(out, true),
            new PrintWriter(err, true));
    return new Run(code, out.toString(), err.toString());
  }
}
