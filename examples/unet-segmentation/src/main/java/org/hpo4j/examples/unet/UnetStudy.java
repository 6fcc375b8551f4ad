package org.hpo4j.examples.unet;

import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.hpo4j.examples.unet.data.GeneratedTiles;
import org.hpo4j.examples.unet.data.TileBatches;
import org.hpo4j.examples.unet.data.TileFolder;
import org.hpo4j.examples.unet.data.TileReadException;
import org.hpo4j.examples.unet.data.TileSplit;
import org.hpo4j.examples.unet.engine.DjlEngine;
import org.hpo4j.examples.unet.engine.Engine;
import org.hpo4j.examples.unet.engine.TensorFlowEngine;
import org.hpo4j.examples.unet.model.UNet;
import org.hpo4j.sampler.tpe.TpeSampler;
import org.hpo4j.storage.Storage;
import org.hpo4j.storage.journal.JournalStorage;
import org.hpo4j.study.Retention;
import org.hpo4j.study.Study;
import org.hpo4j.tensorflow.DeviceOptions;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command line of the study. */
@Command(
    name = "unet-study",
    description = "Tunes the last layer of a U-Net that finds building footprints.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
public final class UnetStudy implements Callable<Integer> {
  private static final String STUDY = "building-footprints";

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--profile",
      defaultValue = "cpu",
      description = "Sizes: ${COMPLETION-CANDIDATES}; default ${DEFAULT-VALUE}.")
  private Profile.Name profile = Profile.Name.CPU;

  @Option(
      names = "--engine",
      defaultValue = "tensorflow",
      description = "What trains: ${COMPLETION-CANDIDATES}; default ${DEFAULT-VALUE}.")
  private EngineName engineName = EngineName.TENSORFLOW;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Folder with real images and masks; default generated tiles.")
  private Optional<Path> data = Optional.empty();

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Run folder; a study that is in it is resumed. Default runs/unet-PROFILE.")
  private Optional<Path> folder = Optional.empty();

  @Option(names = "--seed", defaultValue = "42", description = "Default ${DEFAULT-VALUE}.")
  private long seed = 42;

  @Option(
      names = "--parallelism",
      defaultValue = "1",
      description = "Trials at a time; default ${DEFAULT-VALUE}.")
  private int parallelism = 1;

  @Option(
      names = "--workers",
      description =
          "Trials at a time in all processes that share the folder; default --parallelism.")
  private Optional<Integer> workers = Optional.empty();

  @Option(
      names = "--search-only",
      description = "Ends when the trials are done: for a second process on the same folder.")
  private boolean searchOnly;

  @Option(names = "--gpu", description = "Number of the GPU to use; default the CPU.")
  private Optional<Integer> gpu = Optional.empty();

  @Mixin private SizeOptions sizeOptions = new SizeOptions();

  private enum EngineName {
    DJL,
    TENSORFLOW;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Runs the study and ends the process: 0 done, 1 failed, 2 bad arguments or data. */
  public static void main(String[] args) {
    System.setProperty("java.awt.headless", "true");
    System.exit(execute(args, writer(System.out), writer(System.err)));
  }

  private static PrintWriter writer(PrintStream stream) {
    return new PrintWriter(stream, true, Charset.defaultCharset());
  }

  static int execute(String[] args, PrintWriter out, PrintWriter err) {
    return new CommandLine(new UnetStudy())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setOut(out)
        .setErr(err)
        .setParameterExceptionHandler(
            (e, rest) -> {
              err.println(Failures.oneLine(e) + " (--help lists the options)");
              return CommandLine.ExitCode.USAGE;
            })
        .setExecutionExceptionHandler(
            (e, command, result) -> {
              err.println(Failures.explain(e).orElseThrow(() -> e));
              return CommandLine.ExitCode.SOFTWARE;
            })
        .execute(args);
  }

  @Override
  public Integer call() throws IOException, StudyFailedException {
    Profile sizes = sizes();
    if (parallelism < 1) {
      throw invalid("parallelism is " + parallelism + ", must be at least 1");
    }
    int lag = workers.orElse(parallelism);
    if (lag < parallelism) {
      throw invalid(
          "workers is %d, must be at least the parallelism, %d".formatted(lag, parallelism));
    }
    // A run folder keeps what it was begun with: before it is opened, all of it must be usable.
    TileSplit tiles = tiles(sizes);
    Engine engine = engine();
    Path run = folder.orElse(Path.of("runs", "unet-" + profile));
    requireFree(run);
    Files.createDirectories(run);
    try (Storage journal = JournalStorage.open(RunFolder.journal(run))) {
      Study study = openStudy(journal, run, sizes, tiles);
      PrintWriter out = spec.commandLine().getOut();
      out.printf(
          "%d tiles to train on, %d to validate, %d to test; %d trials of %d steps; folder %s%n",
          tiles.train().size(),
          tiles.validation().size(),
          tiles.test().size(),
          sizes.trials(),
          sizes.epochs() * sizes.steps(),
          run);
      FootprintStudy footprints = new FootprintStudy(sizes, tiles, engine, run, out, study);
      footprints.search(parallelism, lag);
      if (!searchOnly) {
        footprints.compare();
      }
    }
    return CommandLine.ExitCode.OK;
  }

  private void requireFree(Path run) throws IOException {
    try {
      RunFolder.requireFreeFor(STUDY, run);
    } catch (IllegalArgumentException e) {
      throw invalid(String.valueOf(e.getMessage()));
    }
  }

  /** Opens the folder's study; one of other sizes, seed or data is left alone. */
  private Study openStudy(Storage journal, Path run, Profile sizes, TileSplit tiles) {
    Map<String, Object> identity = new TreeMap<>(sizes.identity());
    identity.put("engine", engineName.toString());
    identity.put(
        "data", data.map(path -> path.toAbsolutePath().normalize().toString()).orElse("generated"));
    try {
      Study study =
          Study.named(STUDY)
              .minimize("validation_loss")
              .sampler(TpeSampler.ofDefaults())
              .seed(seed)
              .storage(journal)
              .artifacts(run.resolve("artifacts"))
              .retention(Retention.bestTrials(1).keepingAlways(TrainingHistories.FILE))
              .createOrResume();
      RunFolder.requireSame(study, identity.toString(), tiles.fingerprint());
      return study;
    } catch (IllegalArgumentException e) {
      throw invalid(
          "the study in '%s' can't be resumed: %s; give another --out"
              .formatted(run, e.getMessage()));
    }
  }

  private Profile sizes() {
    try {
      return sizeOptions.apply(Profile.of(profile, data.isPresent()));
    } catch (IllegalArgumentException e) {
      throw invalid(String.valueOf(e.getMessage()));
    }
  }

  private TileSplit tiles(Profile sizes) {
    if (data.isEmpty()) {
      return GeneratedTiles.of(seed, sizes.tile(), sizes.trainTiles(), sizes.heldTiles());
    }
    try {
      TileSplit read = TileFolder.read(data.get(), seed);
      TileBatches.requireSize(read.train(), sizes.tile());
      TileBatches.requireSize(read.validation(), UNet.SIZE_MULTIPLE);
      TileBatches.requireSize(read.test(), UNet.SIZE_MULTIPLE);
      return read;
    } catch (TileReadException | IllegalArgumentException e) {
      throw invalid(String.valueOf(e.getMessage()));
    }
  }

  private Engine engine() {
    OptionalInt number = gpu.stream().mapToInt(Integer::intValue).findFirst();
    try {
      return switch (engineName) {
        case DJL -> new DjlEngine(number);
        case TENSORFLOW ->
            new TensorFlowEngine(
                number.isPresent() ? DeviceOptions.gpu(number.getAsInt()) : DeviceOptions.cpu());
      };
    } catch (IllegalArgumentException e) {
      throw invalid(String.valueOf(e.getMessage()));
    }
  }

  private ParameterException invalid(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
