package org.hpo4j.examples.unet;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.hpo4j.sampler.tpe.TpeSampler;
import org.hpo4j.storage.Storage;
import org.hpo4j.storage.journal.JournalStorage;
import org.hpo4j.study.RunOptions;
import org.hpo4j.study.Study;
import org.hpo4j.trial.Direction;
import org.hpo4j.trial.FailureReason;
import org.hpo4j.trial.TrialFailedException;
import org.hpo4j.trial.TrialState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnetStudyTest {

  @Test
  void aSecondStartDoesOnlyWhatIsLeft(@TempDir Path folder) throws IOException {
    Run first = run("--profile", "smoke", "--trials", "2", "--out", folder.toString());
    assertThat(first.code).as(first.err).isZero();
    assertThat(finishedTrials(folder)).isEqualTo(2);
    assertThat(first.out).contains("seed 4: test loss");
    for (String file :
        List.of(
            "journal.log",
            "trials.csv",
            "summary.txt",
            "channels.png",
            "tiles.png",
            "results.md",
            "results.json")) {
      assertThat(folder.resolve(file)).isNotEmptyFile();
    }
    String results = Files.readString(folder.resolve("results.json"));

    Run second = run("--profile", "smoke", "--trials", "2", "--out", folder.toString());
    assertThat(second.code).as(second.err).isZero();
    assertThat(finishedTrials(folder)).isEqualTo(2);
    assertThat(second.out).doesNotContain("seed 4: test loss");
    assertThat(folder.resolve("results.json")).content().isEqualTo(results);

    Run third = run("--profile", "smoke", "--trials", "3", "--out", folder.toString());
    assertThat(third.code).as(third.err).isZero();
    assertThat(finishedTrials(folder)).isEqualTo(3);

    Run other = run("--profile", "smoke", "--steps", "5", "--out", folder.toString());
    assertThat(other.code).isEqualTo(2);
    assertThat(other.err.lines()).hasSize(1);
    assertThat(other.err).contains(folder.toString(), "steps=3", "steps=5", "--out");
  }

  @Test
  void djlTrainsTheSameStudy(@TempDir Path folder) throws IOException {
    Run run =
        run("--profile", "smoke", "--trials", "2", "--engine", "djl", "--out", folder.toString());
    assertThat(run.code).as(run.err).isZero();
    assertThat(finishedTrials(folder)).isEqualTo(2);
    assertThat(folder.resolve("weights-3-channels.png")).isNotEmptyFile();

    Run other = run("--profile", "smoke", "--trials", "2", "--out", folder.toString());
    assertThat(other.code).isEqualTo(2);
    assertThat(other.err).contains("engine=djl", "engine=tensorflow", "--out");
  }

  @Test
  void twoProcessesShareAStudy(@TempDir Path temporary) throws Exception {
    Path folder = temporary.resolve("run");
    Path log = temporary.resolve("other.log");
    Process other =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                UnetStudy.class.getName(),
                "--profile",
                "smoke",
                "--workers",
                "2",
                "--search-only",
                "--out",
                folder.toString())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    try {
      Run own = run("--profile", "smoke", "--workers", "2", "--out", folder.toString());
      assertThat(own.code).as(own.err).isZero();
      assertThat(other.waitFor(1, TimeUnit.MINUTES)).isTrue();
      assertThat(other.exitValue()).as(Files.readString(log)).isZero();
    } finally {
      other.destroyForcibly();
    }
    // Each process may finish what it has begun when the fourth trial ends.
    assertThat(finishedTrials(folder)).isBetween(4L, 5L);
    try (Storage journal = JournalStorage.open(folder.resolve("journal.log"))) {
      assertThat(open(journal).trials())
          .allSatisfy(trial -> assertThat(trial.state()).isEqualTo(TrialState.COMPLETE));
    }
  }

  @Test
  void everyTrialKeepsItsHistoryAndTheBestItsWeights(@TempDir Path folder) throws IOException {
    Run run = run("--profile", "smoke", "--search-only", "--out", folder.toString());
    assertThat(run.code).as(run.err).isZero();
    try (Storage journal = JournalStorage.open(folder.resolve("journal.log"))) {
      int best = open(journal).best().number();
      for (int number = 0; number < 4; number++) {
        Path files = folder.resolve("artifacts/building-footprints/trial-" + number);
        assertThat(files.resolve("history.csv")).content().startsWith("epoch,training_loss,");
        assertThat(Files.exists(files.resolve("weights.index"))).isEqualTo(number == best);
      }
    }
  }

  private static Study open(Storage journal) {
    return Study.named("building-footprints")
        .minimize("validation_loss")
        .sampler(TpeSampler.ofDefaults())
        .seed(42)
        .storage(journal)
        .createOrResume();
  }

  private static long finishedTrials(Path folder) throws IOException {
    return Files.readAllLines(folder.resolve("trials.csv")).size() - 1L;
  }

  @Test
  void badArgumentsGiveOneLineAndCodeTwo(@TempDir Path folder) {
    assertRefused(List.of("--profile", "tiny"), "--profile", "tiny", "CPU");
    assertRefused(List.of("--trials", "0"), "trials is 0, must be at least 1");
    assertRefused(List.of("--trials", "many"), "--trials", "many");
    assertRefused(List.of("--tile", "50"), "tile is 50, must be a multiple of 16");
    assertRefused(List.of("--learning-rate", "-1"), "learning rate is -1.0");
    assertRefused(List.of("--parallelism", "0"), "parallelism is 0, must be at least 1");
    assertRefused(
        List.of("--parallelism", "2", "--workers", "1"), "workers is 1, must be at least");
    assertRefused(List.of("--scale", "0"), "scale is 0, must be a power of two from 1 to 32");
    assertRefused(List.of("--scale", "1000"), "scale is 1000, must be");
    assertRefused(List.of("--gpu", "-1"), "gpu is -1, must be 0 or more");
    assertRefused(List.of("--gpu", "99"), "gpu is 99, must be one that the engine can use");
    assertRefused(List.of("--colour"), "--colour");
  }

  @Test
  void aGpuThatDjlCantUseDoesNotBindTheRunFolder(@TempDir Path folder) {
    Path run = folder.resolve("run");
    for (String gpu : List.of("-1", "99")) {
      assertRefused(
          List.of("--profile", "smoke", "--engine", "djl", "--gpu", gpu, "--out", run.toString()),
          "gpu(" + gpu + ")",
          "must be one that the engine can use");
      assertThat(run).doesNotExist();
    }
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
        "building-footprints",
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
  void aMistakenDataFolderDoesNotBindTheRunFolder(@TempDir Path folder) throws IOException {
    Path run = folder.resolve("run");
    assertRefused(
        List.of("--data", folder.resolve("nowhere").toString(), "--out", run.toString()),
        "nowhere",
        "is not a folder");
    assertThat(run).doesNotExist();
  }

  @Test
  void tilesThatAreTooSmallAreRefusedBeforeTheFirstTrial(@TempDir Path folder) throws IOException {
    Path data = tiles(folder.resolve("data"), 20);
    Path run = folder.resolve("run");
    assertRefused(
        List.of("--profile", "smoke", "--data", data.toString(), "--out", run.toString()),
        "is 20x20 pixels, must be at least 32x32");
    assertThat(run).doesNotExist();
  }

  @Test
  void theSameDataFolderMayBeWrittenInAnotherWay(@TempDir Path folder) throws IOException {
    Path data = tiles(folder.resolve("data"), 32);
    Path run = folder.resolve("run");
    failedTrial(run);
    String[] plain = {"--profile", "smoke", "--trials", "1", "--data", data.toString()};
    String[] roundabout = plain.clone();
    roundabout[5] = data.resolve("images").resolve("..").toString();
    for (String[] arguments : List.of(plain, roundabout)) {
      Run resumed = run(concat(arguments, "--out", run.toString()));
      assertThat(resumed.err).doesNotContain("can't be resumed").contains("none of 1 trials");
    }
  }

  @Test
  void otherDataInTheSameFolderAreAnotherStudy(@TempDir Path folder) throws IOException {
    Path data = tiles(folder.resolve("data"), 32);
    Path run = folder.resolve("run");
    // Of a time when the data were not kept with the study.
    failedTrial(run);
    String[] arguments = {
      "--profile", "smoke", "--trials", "1", "--data", data.toString(), "--out", run.toString()
    };
    assertThat(run(arguments).err).contains("none of 1 trials");
    assertThat(keptData(run)).hasSize(64);
    byte[] journal = Files.readAllBytes(run.resolve("journal.log"));

    Path tile = data.resolve("images/t1.png");
    byte[] before = Files.readAllBytes(tile);
    BufferedImage image = ImageIO.read(tile.toFile());
    image.setRGB(3, 2, 0x010000);
    ImageIO.write(image, "png", tile.toFile());
    assertRefused(List.of(arguments), run.toString(), "was begun on other data", "--out");
    assertThat(run.resolve("journal.log")).hasBinaryContent(journal);

    Files.write(tile, before);
    assertThat(run(arguments).err).contains("none of 1 trials");

    Files.copy(tile, data.resolve("images/t3.png"));
    Files.copy(data.resolve("masks/t1.png"), data.resolve("masks/t3.png"));
    assertRefused(List.of(arguments), run.toString(), "was begun on other data", "--out");
  }

  private static String keptData(Path run) {
    try (Storage journal = JournalStorage.open(run.resolve("journal.log"))) {
      return String.valueOf(open(journal).attributes().get("data"));
    }
  }

  @Test
  void aStudyWithoutACompletedTrialSaysSoInOneLine(@TempDir Path folder) throws IOException {
    failedTrial(folder);
    Run run = run("--profile", "smoke", "--trials", "1", "--out", folder.toString());
    assertThat(run.code).isEqualTo(1);
    assertThat(run.err.lines()).hasSize(1);
    assertThat(run.err).contains("none of 1 trials was completed", "trials.csv");
  }

  @Test
  void anUnwritableResultIsNamedInOneLine(@TempDir Path folder) throws IOException {
    failedTrial(folder);
    Files.createDirectories(folder.resolve("trials.csv").resolve("in the way"));
    Run run = run("--profile", "smoke", "--trials", "1", "--out", folder.toString());
    assertThat(run.code).isEqualTo(1);
    assertThat(run.err.lines()).as(run.err).hasSize(1);
    assertThat(run.err).contains("trials.csv").doesNotContain("java.io.");
  }

  /** Leaves a study with one failed trial, as after a loss that was not a number. */
  private static void failedTrial(Path folder) throws IOException {
    Files.createDirectories(folder);
    try (Storage journal = JournalStorage.open(folder.resolve("journal.log"))) {
      open(journal)
          .optimize(
              trial -> {
                throw new TrialFailedException(FailureReason.NOT_A_NUMBER, "loss is NaN");
              },
              RunOptions.trials(1));
    }
  }

  /** Writes three tiles whose masks have one building each. */
  private static Path tiles(Path folder, int size) throws IOException {
    Files.createDirectories(folder.resolve("images"));
    Files.createDirectories(folder.resolve("masks"));
    BufferedImage image = new BufferedImage(size, size, BufferedImage.TYPE_INT_RGB);
    BufferedImage mask = new BufferedImage(size, size, BufferedImage.TYPE_BYTE_GRAY);
    mask.getRaster().setSample(size / 2, size / 2, 0, 255);
    for (int i = 0; i < 3; i++) {
      ImageIO.write(image, "png", folder.resolve("images/t" + i + ".png").toFile());
      ImageIO.write(mask, "png", folder.resolve("masks/t" + i + ".png").toFile());
    }
    return folder;
  }

  private static String[] concat(String[] arguments, String... more) {
    return Stream.concat(Arrays.stream(arguments), Arrays.stream(more)).toArray(String[]::new);
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
    int code = UnetStudy.execute(arguments, new PrintWriter(out, true), new PrintWriter(err, true));
    return new Run(code, out.toString(), err.toString());
  }
}
