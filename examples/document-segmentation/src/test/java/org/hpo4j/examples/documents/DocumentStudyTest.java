package org.hpo4j.examples.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.hpo4j.mlflow.MlflowTracker;
import org.hpo4j.study.Study;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DocumentStudyTest {
  private static final String[] SHORT = {"--profile", "smoke", "--repetitions", "1"};

  @ParameterizedTest
  @EnumSource
  void aSecondStartDoesOnlyWhatIsLeft(EngineName engine, @TempDir Path folder) throws IOException {
    String[] arguments = concat(SHORT, "--engine", "" + engine, "--out", folder.toString());
    Run first = run(arguments);
    assertThat(first.code).as(first.err).isZero();
    assertThat(first.out)
        .contains("Search space summary", "Results summary", "Hyperband is ahead of random search");
    for (String file :
        List.of(
            "tuners/hyperband-0/journal.log",
            "tuners/random-0/trials.csv",
            "tuners/bayesian-0/summary.txt",
            "best/network.properties",
            "scans.png",
            "tuners.png",
            "summary.txt",
            "results.md",
            "results.json")) {
      assertThat(folder.resolve(file)).isNotEmptyFile();
    }
    // Rungs of 1 and 3 epochs: three, one and two trials.
    assertThat(finishedTrials(folder, "hyperband-0")).isEqualTo(6);
    assertThat(finishedTrials(folder, "random-0")).isEqualTo(4);
    String journal = Files.readString(folder.resolve("tuners/hyperband-0/journal.log"));
    String results = Files.readString(folder.resolve("results.json"));

    Run second = run(arguments);
    assertThat(second.code).as(second.err).isZero();
    assertThat(folder.resolve("tuners/hyperband-0/journal.log")).content().startsWith(journal);
    assertThat(finishedTrials(folder, "hyperband-0")).isEqualTo(6);
    assertThat(folder.resolve("results.json")).content().isEqualTo(results);

    Run other = run(concat(arguments, "--steps", "5"));
    assertThat(other.code).isEqualTo(2);
    assertThat(other.err.lines()).hasSize(1);
    assertThat(other.err).contains(folder.toString(), "steps=2", "steps=5", "--out");
  }

  private static long finishedTrials(Path folder, String tuner) throws IOException {
    return Files.readAllLines(folder.resolve("tuners").resolve(tuner).resolve("trials.csv")).size()
        - 1L;
  }

  @Test
  void trialsStartFromPretrainedWeightsOfTheirWidthAndDepth(@TempDir Path folder)
      throws IOException {
    Path first = folder.resolve("first");
    Path second = folder.resolve("second");
    assertThat(run(concat(SHORT, "--out", first.toString())).code).isZero();
    Run tuned =
        run(
            concat(
                SHORT,
                "--out",
                second.toString(),
                "--pretrained",
                first.resolve("best").toString(),
                "--tensorboard"));
    assertThat(tuned.code).as(tuned.err).isZero();
    assertThat(second.resolve("best/network.properties"))
        .content()
        .isEqualTo(Files.readString(first.resolve("best/network.properties")));
    assertThat(second.resolve("tuners/hyperband-0/tensorboard/trial-0000")).isDirectory();

    // Other weights of the same network in the same folder.
    Files.copy(
        second.resolve("best/weights.safetensors"),
        first.resolve("best/weights.safetensors"),
        StandardCopyOption.REPLACE_EXISTING);
    assertRefused(
        List.of(concat(SHORT, "--out", "" + second, "--pretrained", "" + first.resolve("best"))),
        "can't be resumed",
        "pretrained=",
        "--out");

    // Weights whose network.properties tells of another depth.
    Path properties = first.resolve("best/network.properties");
    String depth = Files.readString(properties).contains("net_depth=2") ? "3" : "2";
    Files.writeString(
        properties, Files.readString(properties).replaceFirst("net_depth=.", "net_depth=" + depth));
    Path third = folder.resolve("third");
    assertRefused(
        List.of(concat(SHORT, "--out", "" + third, "--pretrained", "" + first.resolve("best"))),
        "weights.safetensors",
        "is of another network");
    assertThat(third).doesNotExist();
  }

  @ParameterizedTest
  @EnumSource
  void garbledWeightsDoNotBindTheRunFolder(EngineName engine, @TempDir Path folder)
      throws IOException {
    Files.writeString(folder.resolve("network.properties"), "start_neurons=4\nnet_depth=2\n");
    for (String file : engine.make().weightFiles()) {
      Files.writeString(folder.resolve(file), "no weights at all, of whatever network");
    }
    Path run = folder.resolve("run");
    assertRefused(
        List.of(
            concat(SHORT, "--engine", "" + engine, "--out", "" + run, "--pretrained", "" + folder)),
        folder.resolve("weights").toString());
    assertThat(run).doesNotExist();
  }

  @Test
  void theRunFolderOfAnotherStudyIsRefusedAndLeftAlone(@TempDir Path folder) throws IOException {
    for (String file : List.of("journal.log", "results.json", "results.md", "summary.txt")) {
      Files.writeString(folder.resolve(file), "of another study");
    }
    assertRefused(
        List.of(concat(SHORT, "--out", "" + folder)),
        folder.toString(),
        "not of this study",
        "no 'tuners'",
        "'journal.log', 'results.json', 'results.md' and 1 more",
        "--out");
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).hasSize(4).allSatisfy(f -> assertThat(f).content().contains("another"));
    }
  }

  @Test
  void aTrackerThatIsAwayIsSaidOnceAndDoesNotEndTheStudy(@TempDir Path folder) {
    List<String> warnings = new CopyOnWriteArrayList<>();
    Handler handler =
        new Handler() {
          @Override
          public void publish(LogRecord entry) {
            warnings.add(entry.getMessage());
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    Logger logger = Logger.getLogger(MlflowTracker.class.getName());
    logger.addHandler(handler);
    try {
      // Port 1 is reserved, and nothing answers there.
      Run run = run(concat(SHORT, "--out", "" + folder, "--mlflow", "http://localhost:1"));
      assertThat(run.code).as(run.err).isZero();
    } finally {
      logger.removeHandler(handler);
    }
    assertThat(folder.resolve("results.md")).isNotEmptyFile();
    assertThat(warnings).hasSize(2);
    assertThat(warnings.get(0)).contains("go on without MLflow at http://localhost:1");
    // And at the end what it has missed, of all three tuners.
    assertThat(warnings.get(1))
        .contains("hyperband-0", "random-0", "bayesian-0", "of 14 of their trials");
  }

  @Test
  void badArgumentsGiveOneLineAndCodeTwo(@TempDir Path folder) throws IOException {
    assertRefused(List.of("--profile", "tiny"), "--profile", "tiny", "CPU");
    assertRefused(List.of("--engine", "keras"), "--engine", "keras", "DJL");
    assertRefused(List.of("--repetitions", "0"), "repetitions is 0, must be at least 1");
    assertRefused(List.of("--tile", "50"), "tile is 50, must be a multiple of 16");
    assertRefused(List.of("--learning-rate", "-1"), "learning rate is -1.0");
    assertRefused(List.of("--parallelism", "0"), "parallelism is 0, must be at least 1");
    assertRefused(List.of("--parallelism", "2"), "parallelism is 2, must be 1 with the engine djl");
    assertRefused(List.of("--threads", "0"), "threads is 0, must be at least 1");
    assertRefused(List.of("--profile", "smoke", "--gpu", "99"), "99");
    assertRefused(List.of("--profile", "smoke", "--gpu", "-1"), "gpu(-1)");
    assertRefused(List.of("--profile", "smoke", "--mlflow", "nonsense"), "MLflow");
    assertRefused(List.of("--pretrained", folder.toString()), "network.properties' is missing");
    Files.writeString(folder.resolve("network.properties"), "start_neurons=many\n");
    assertRefused(List.of("--pretrained", folder.toString()), "weights.safetensors' is missing");
    Files.writeString(folder.resolve("weights.safetensors"), "");
    assertRefused(
        List.of("--pretrained", folder.toString()), "start_neurons", "'many'", "whole number");
    assertRefused(List.of("--colour"), "--colour");
  }

  @Test
  void aMistakenDataFolderDoesNotBindTheRunFolder(@TempDir Path folder) {
    Path run = folder.resolve("run");
    assertRefused(
        List.of("--data", folder.resolve("nowhere").toString(), "--out", run.toString()),
        "nowhere",
        "is not a folder");
    assertThat(run).doesNotExist();
  }

  @Test
  void scansThatAreTooSmallAreRefusedBeforeTheFirstTrial(@TempDir Path folder) throws IOException {
    for (int i = 0; i < 3; i++) {
      write(folder.resolve("data/images/s" + i + ".png"), 20, 0);
      write(folder.resolve("data/masks/stamp/s" + i + ".png"), 20, 255);
    }
    Path run = folder.resolve("run");
    assertRefused(
        List.of(
            "--profile", "smoke",
            "--data", folder.resolve("data").toString(),
            "--out", run.toString()),
        "is 20x20 pixels, must be at least 32x32");
    assertThat(run).doesNotExist();
  }

  @Test
  void otherDataInTheSameFolderAreAnotherStudy(@TempDir Path folder) throws IOException {
    Path data = folder.resolve("data");
    for (int i = 0; i < 3; i++) {
      write(data.resolve("images/s" + i + ".png"), 32, 0);
      write(data.resolve("masks/stamp/s" + i + ".png"), 32, 255);
    }
    Path run = folder.resolve("run");
    String[] arguments = concat(SHORT, "--data", "" + data, "--out", "" + run);
    Run first = run(arguments);
    assertThat(first.code).as(first.err).isZero();
    String results = Files.readString(run.resolve("results.json"));

    write(data.resolve("images/s1.png"), 32, 1);
    assertRefused(List.of(arguments), run.toString(), "was begun on other data", "--out");

    write(data.resolve("images/s1.png"), 32, 0);
    Run same = run(arguments);
    assertThat(same.code).as(same.err).isZero();
    assertThat(run.resolve("results.json")).content().isEqualTo(results);

    write(data.resolve("images/s3.png"), 32, 0);
    write(data.resolve("masks/stamp/s3.png"), 32, 255);
    assertRefused(List.of(arguments), run.toString(), "was begun on other data", "--out");
  }

  @Test
  void aStudyWithoutDataGetsThem() {
    Study study = Study.named("begun before").minimize("x").create();
    study.setAttribute("sizes", "{tile=32}");
    RunFolder.requireSame(study, "{tile=32}", "1f");
    assertThat(study.attributes()).containsEntry("data", "1f");
  }

  /** Writes a grey picture that is black but for one pixel. */
  private static void write(Path file, int size, int value) throws IOException {
    Files.createDirectories(file.getParent());
    BufferedImage image = new BufferedImage(size, size, BufferedImage.TYPE_BYTE_GRAY);
    image.getRaster().setSample(size / 2, size / 2, 0, value);
    ImageIO.write(image, "png", file.toFile());
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
    int code =
        DocumentStudy.execute(arguments, new PrintWriter(out, true), new PrintWriter(err, true));
    return new Run(code, out.toString(), err.toString());
  }
}
