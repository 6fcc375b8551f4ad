package org.hpo4j.examples.vessels;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.hpo4j.storage.Storage;
import org.hpo4j.storage.journal.JournalStorage;
import org.hpo4j.study.RunOptions;
import org.hpo4j.study.Study;
import org.hpo4j.trial.Direction;
import org.hpo4j.trial.FailureReason;
import org.hpo4j.trial.TrialFailedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VesselStudyTest {

  @Test
  void aSecondStartDoesOnlyWhatIsLeft(@TempDir Path folder) throws IOException {
    Run first = run("--profile", "smoke", "--trials", "2", "--out", folder.toString());
    assertThat(first.code).as(first.err).isZero();
    assertThat(finishedTrials(folder)).isEqualTo(2);
    assertThat(first.out).contains("repetition 1: area under ROC");
    for (String file :
        List.of(
            "journal.log",
            "trials.csv",
            "summary.txt",
            "choices.png",
            "curves.png",
            "slopes.png",
            "retinas.png",
            "results.md",
            "results.json")) {
      assertThat(folder.resolve(file)).isNotEmptyFile();
    }
    String results = Files.readString(folder.resolve("results.json"));

    Run second = run("--profile", "smoke", "--trials", "2", "--out", folder.toString());
    assertThat(second.code).as(second.err).isZero();
    assertThat(finishedTrials(folder)).isEqualTo(2);
    assertThat(second.out).doesNotContain("repetition 0:", "repetition 1:");
    assertThat(folder.resolve("results.json")).content().isEqualTo(results);

    Run third = run("--profile", "smoke", "--trials", "3", "--out", folder.toString());
    assertThat(third.code).as(third.err).isZero();
    assertThat(finishedTrials(folder)).isEqualTo(3);

    Run other = run("--profile", "smoke", "--steps", "5", "--out", folder.toString());
    assertThat(other.code).isEqualTo(2);
    assertThat(other.err.lines()).hasSize(1);
    assertThat(other.err).contains(folder.toString(), "steps=2", "steps=5", "--out");
  }

  private static long finishedTrials(Path folder) throws IOException {
    return Files.readAllLines(folder.resolve("trials.csv")).size() - 1L;
  }

  @Test
  void theBaselineIsTriedFirst(@TempDir Path folder) throws IOException {
    run("--profile", "smoke", "--trials", "1", "--repetitions", "1", "--out", folder.toString());
    assertThat(folder.resolve("results.md"))
        .content()
        .contains("Best: ReLU; dilations [1, 1, 1, 1]; no batch norm; dropout 0.0; plain encoder")
        .contains("The search ended at the baseline itself.")
        .contains("Learned slopes of: PReLU by channel", "| down0/activation0 | 2 |");
  }

  @Test
  void theStudyRunsOnTensorFlowWithEventFiles(@TempDir Path folder) throws IOException {
    Run run =
        run(
            "--profile",
            "smoke",
            "--engine",
            "tensorflow",
            "--tensorboard",
            "--trials",
            "2",
            "--repetitions",
            "1",
            "--out",
            folder.toString());
    assertThat(run.code).as(run.err).isZero();
    assertThat(run.out).contains("on tensorflow", "repetition 0: area under ROC");
    assertThat(folder.resolve("results.md")).content().contains("| down0/activation0 | 2 |");
    try (var files = Files.walk(folder.resolve("tensorboard"))) {
      assertThat(files.filter(Files::isRegularFile)).isNotEmpty();
    }
  }

  @Test
  void badArgumentsGiveOneLineAndCodeTwo(@TempDir Path folder) {
    assertRefused(List.of("--profile", "tiny"), "--profile", "tiny", "CPU");
    assertRefused(List.of("--engine", "jax"), "--engine", "jax", "TENSORFLOW");
    assertRefused(List.of("--trials", "0"), "trials is 0, must be from 1");
    assertRefused(List.of("--depth", "5"), "depth is 5, must be from 1 to 4");
    assertRefused(List.of("--reduction", "-2"), "reduction is -2, must be from 1 to 16");
    assertRefused(
        List.of("--engine", "tensorflow", "--profile", "smoke", "--gpu", "-1"),
        "gpu is -1, must be 0 or more");
    assertRefused(List.of("--profile", "smoke", "--gpu", "99"), "gpu is 99, must be one that");
    assertRefused(List.of("--colour"), "--colour");
  }

  @Test
  void aRunFolderOfAnotherStudyIsLeftAlone(@TempDir Path folder) throws IOException {
    Path run = Files.createDirectories(folder.resolve("run"));
    Files.writeString(run.resolve("results.md"), "of another study");
    try (Storage journal = JournalStorage.open(run.resolve("journal.log"))) {
      journal.create("another", List.of(Direction.MINIMIZE));
    }
    byte[] before = Files.readAllBytes(run.resolve("journal.log"));
    assertRefused(
        List.of("--profile", "smoke", "--out", run.toString()),
        run.toString(),
        "[another]",
        "retinal-vessels",
        "--out");
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
    assertRefused(
        List.of("--profile", "smoke", "--out", run.toString()),
        run.toString(),
        "has other files",
        "--out");
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
  void aMistakenDataFolderDoesNotBindTheRunFolder(@TempDir Path folder) {
    Path run = folder.resolve("run");
    assertRefused(
        List.of("--data", folder.resolve("nowhere").toString(), "--out", run.toString()),
        "nowhere' is not a folder");
    assertThat(run).doesNotExist();
  }

  @Test
  void photographsSmallerThanAPatchAreRefusedBeforeTheFirstTrial(@TempDir Path folder)
      throws IOException {
    Path data = Files.createDirectories(folder.resolve("data"));
    BufferedImage image = new BufferedImage(40, 40, BufferedImage.TYPE_INT_RGB);
    for (int patient = 1; patient <= 3; patient++) {
      ImageIO.write(image, "png", data.resolve("Image_0" + patient + "L.png").toFile());
      ImageIO.write(image, "png", data.resolve("Image_0" + patient + "L_1stHO.png").toFile());
    }
    Path run = folder.resolve("run");
    assertRefused(
        List.of("--reduction", "1", "--data", data.toString(), "--out", run.toString()),
        "is 40x40 pixels, must be at least 48x48");
    // Too small for the preparation too.
    assertRefused(
        List.of("--reduction", "8", "--data", data.toString(), "--out", run.toString()),
        "is 5x5 pixels, must be at least 48x48");
    assertThat(run).doesNotExist();
  }

  @Test
  void masksWithoutVesselsAreRefusedBeforeTheFirstTrial(@TempDir Path folder) throws IOException {
    Path data = photographs(folder.resolve("data"));
    BufferedImage empty = new BufferedImage(96, 96, BufferedImage.TYPE_INT_RGB);
    for (int patient = 1; patient <= 3; patient++) {
      ImageIO.write(empty, "png", data.resolve("Image_0" + patient + "L_1stHO.png").toFile());
    }
    Path run = folder.resolve("run");
    assertRefused(
        List.of("--reduction", "1", "--data", data.toString(), "--out", run.toString()),
        "call 0 of 9216 pixels vessels",
        "Image_0");
    assertThat(run).doesNotExist();
  }

  @Test
  void theEncoderIsChosenAsTheDocumentationSays(@TempDir Path folder) throws IOException {
    for (String choice : List.of("true", "false")) {
      Path run = folder.resolve(choice);
      Run done =
          run(
              "--profile",
              "smoke",
              "--trials",
              "1",
              "--repetitions",
              "1",
              "--resnet34",
              choice,
              "--out",
              run.toString());
      assertThat(done.code).as(done.err).isZero();
      assertThat(run.resolve("results.json")).content().contains("\"residual\":" + choice);
    }
  }

  @Test
  void fewerRepetitionsThanBeforeAreCompared(@TempDir Path folder) throws IOException {
    String[] more = {
      "--profile", "smoke", "--trials", "1", "--repetitions", "2", "--out", "" + folder
    };
    assertThat(run(more).code).isZero();
    // The best is another network now, which has not been retrained yet.
    Run fewer =
        run("--profile", "smoke", "--trials", "3", "--repetitions", "1", "--out", "" + folder);
    assertThat(fewer.code).as(fewer.err).isZero();
    assertThat(folder.resolve("results.md"))
        .content()
        .contains("Each was trained once")
        .doesNotContain("ended at the baseline");
  }

  @Test
  void otherDataInTheSameFolderAreAnotherStudy(@TempDir Path folder) throws IOException {
    Path data = photographs(folder.resolve("data"));
    Path run = folder.resolve("run");
    // Of a time when the data were not kept with the study.
    failedTrial(run);
    String[] arguments = {
      "--profile",
      "smoke",
      "--trials",
      "1",
      "--reduction",
      "1",
      "--data",
      data.toString(),
      "--out",
      run.toString()
    };
    assertThat(run(arguments).err).contains("none of 1 trials");
    assertThat(keptData(run)).hasSize(64);
    byte[] journal = Files.readAllBytes(run.resolve("journal.log"));

    Path mask = data.resolve("Image_02L_1stHO.png");
    byte[] before = Files.readAllBytes(mask);
    BufferedImage marks = ImageIO.read(mask.toFile());
    marks.setRGB(50, 20, 0xFFFFFF);
    ImageIO.write(marks, "png", mask.toFile());
    assertRefused(List.of(arguments), run.toString(), "was begun on other data", "--out");
    assertThat(run.resolve("journal.log")).hasBinaryContent(journal);

    Files.write(mask, before);
    assertThat(run(arguments).err).contains("none of 1 trials");

    Files.copy(data.resolve("Image_01L.png"), data.resolve("Image_01R.png"));
    Files.copy(mask, data.resolve("Image_01R_1stHO.png"));
    assertRefused(List.of(arguments), run.toString(), "was begun on other data", "--out");
  }

  /** Writes evenly lit left eyes of three patients. */
  private static Path photographs(Path folder) throws IOException {
    Files.createDirectories(folder);
    BufferedImage image = new BufferedImage(96, 96, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < 96 * 96; i++) {
      image.setRGB(i % 96, i / 96, 0x785030);
    }
    BufferedImage mask = new BufferedImage(96, 96, BufferedImage.TYPE_INT_RGB);
    for (int x = 20; x < 70; x++) {
      mask.setRGB(x, 40, 0xFFFFFF);
    }
    for (int patient = 1; patient <= 3; patient++) {
      ImageIO.write(image, "png", folder.resolve("Image_0" + patient + "L.png").toFile());
      ImageIO.write(mask, "png", folder.resolve("Image_0" + patient + "L_1stHO.png").toFile());
    }
    return folder;
  }

  /** Leaves a study of the smoke profile with one failed trial. */
  private static void failedTrial(Path run) throws IOException {
    Files.createDirectories(run);
    try (Storage journal = JournalStorage.open(run.resolve("journal.log"))) {
      open(journal)
          .optimize(
              trial -> {
                throw new TrialFailedException(FailureReason.NOT_A_NUMBER, "loss is NaN");
              },
              RunOptions.trials(1));
    }
  }

  private static Study open(Storage journal) {
    Profile smoke = Profile.of(Profile.Name.SMOKE);
    return StudyRun.study(journal, new VesselSpace(smoke.levels(), smoke.residual()), 42);
  }

  private static String keptData(Path run) {
    try (Storage journal = JournalStorage.open(run.resolve("journal.log"))) {
      return String.valueOf(open(journal).attributes().get("data"));
    }
  }

  private static void assertRefused(List<String> arguments, String... words) {
    Run run = run(arguments.toArray(String[]::new));
    assertThat(run.code).as("exit code of %s", arguments).isEqualTo(2);
    assertThat(run.err.lines()).as("lines of %s", run.err).hasSize(1);
    assertThat(run.err).contains(words);
  }

  private record Run(int code, String out, String err) {}

  private static Run run(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code =
        VesselStudy.execute(arguments, new PrintWriter(out, true), new PrintWriter(err, true));
    return new Run(code, out.toString(), err.toString());
  }
}
