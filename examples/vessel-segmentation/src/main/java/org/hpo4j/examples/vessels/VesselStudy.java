package org.hpo4j.examples.vessels;

import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.hpo4j.examples.vessels.data.ChaseFolder;
import org.hpo4j.examples.vessels.data.GeneratedRetinas;
import org.hpo4j.examples.vessels.data.Photograph;
import org.hpo4j.examples.vessels.data.RetinaReadException;
import org.hpo4j.examples.vessels.data.RetinaSplit;
import org.hpo4j.examples.vessels.engine.Engine;
import org.hpo4j.examples.vessels.engine.Engines;
import org.hpo4j.storage.Storage;
import org.hpo4j.storage.journal.JournalStorage;
import org.hpo4j.study.Study;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command line of the study. */
@Command(
    name = "vessel-study",
    description = "Tunes the structure of a U-Net that finds the vessels of a retina.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
public final class VesselStudy implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--profile",
      defaultValue = "cpu",
      description = "Sizes: ${COMPLETION-CANDIDATES}; default ${DEFAULT-VALUE}.")
  private Profile.Name profile = Profile.Name.CPU;

  @Option(
      names = "--engine",
      defaultValue = "djl",
      description = "What trains: ${COMPLETION-CANDIDATES}; default ${DEFAULT-VALUE}.")
  private Engine.Name engine = Engine.Name.DJL;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Folder with CHASE_DB1's photographs and masks; default generated ones.")
  private Optional<Path> data = Optional.empty();

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Run folder; a study that is in it is resumed. Default runs/vessels-PROFILE.")
  private Optional<Path> folder = Optional.empty();

  @Option(names = "--seed", defaultValue = "42", description = "Default ${DEFAULT-VALUE}.")
  private long seed = 42;

  @Option(names = "--gpu", description = "Number of the GPU to use; default the CPU.")
  private Optional<Integer> gpu = Optional.empty();

  @Option(names = "--tensorboard", description = "Whether the run folder gets event files too.")
  private boolean tensorBoard;

  @Option(names = "--trials", description = "Default is the profile's, as for all below.")
  private Optional<Integer> trials = Optional.empty();

  @Option(names = "--repetitions", description = "Retrainings each of baseline and best.")
  private Optional<Integer> repetitions = Optional.empty();

  @Option(
      names = "--reduction",
      description = "What height and width of real photographs are divided by.")
  private Optional<Integer> reduction = Optional.empty();

  @Option(names = "--start-filters", description = "Filters of the first level.")
  private Optional<Integer> startFilters = Optional.empty();

  @Option(names = "--depth", description = "How often the plain encoder halves, from 1 to 4.")
  private Optional<Integer> depth = Optional.empty();

  @Option(
      names = "--resnet34",
      arity = "1",
      paramLabel = "true|false",
      description = "Whether the encoder may be ResNet-34.")
  private Optional<Boolean> residual = Optional.empty();

  @Option(names = "--batch", description = "Patches in a batch.")
  private Optional<Integer> batch = Optional.empty();

  @Option(names = "--steps", description = "Training steps in an epoch.")
  private Optional<Integer> steps = Optional.empty();

  @Option(names = "--epochs", description = "Epochs of a training.")
  private Optional<Integer> epochs = Optional.empty();

  /** Runs the study and ends the process: 0 done, 1 failed, 2 bad arguments or data. */
  public static void main(String[] args) {
    System.setProperty("java.awt.headless", "true");
    System.exit(execute(args, writer(System.out), writer(System.err)));
  }

  private static PrintWriter writer(PrintStream stream) {
    return new PrintWriter(stream, true, Charset.defaultCharset());
  }

  static int execute(String[] args, PrintWriter out, PrintWriter err) {
    return new CommandLine(new VesselStudy())
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
    // A run folder keeps what it was begun with: before it is opened, all of it must be usable.
    RetinaSplit retinas = retinas(sizes);
    Engine chosen = engine();
    Path run = folder.orElse(Path.of("runs", "vessels-" + profile));
    requireFree(run);
    Files.createDirectories(run);
    try (Storage journal = JournalStorage.open(RunFolder.journal(run))) {
      VesselSpace space = new VesselSpace(sizes.levels(), sizes.residual());
      Study study = openStudy(journal, run, sizes, space, retinas);
      PrintWriter out = spec.commandLine().getOut();
      out.printf(
          "%d photographs to train on, %d to validate, %d to test; %d trials of %d steps on %s; folder %s%n",
          retinas.train().size(),
          retinas.validation().size(),
          retinas.test().size(),
          sizes.trials(),
          sizes.epochs() * sizes.steps(),
          engine,
          run);
      Training training = new Training(sizes, retinas, space, chosen);
      new StudyRun(sizes, retinas, training, journal, run, tensorBoard, out, study).run();
    }
    return CommandLine.ExitCode.OK;
  }

  private void requireFree(Path run) throws IOException {
    try {
      RunFolder.requireFreeFor(StudyRun.STUDY, run);
    } catch (IllegalArgumentException e) {
      throw invalid(String.valueOf(e.getMessage()));
    }
  }

  /** Opens the folder's study; one of other sizes, seed or data is left alone. */
  private Study openStudy(
      Storage journal, Path run, Profile sizes, VesselSpace space, RetinaSplit retinas) {
    Map<String, Object> identity = new TreeMap<>(sizes.identity());
    identity.put(
        "data", data.map(path -> path.toAbsolutePath().normalize().toString()).orElse("generated"));
    identity.put("engine", engine.toString());
    try {
      Study study = StudyRun.study(journal, space, seed);
      RunFolder.requireSame(study, identity.toString(), retinas.fingerprint());
      return study;
    } catch (IllegalArgumentException e) {
      throw invalid(
          "the study in '%s' can't be resumed: %s; give another --out"
              .formatted(run, e.getMessage()));
    }
  }

  private Profile sizes() {
    Profile base = Profile.of(profile);
    try {
      return new Profile(
          reduction.orElse(base.reduction()),
          base.patients(),
          base.size(),
          startFilters.orElse(base.startFilters()),
          depth.orElse(base.depth()),
          residual.orElse(base.residual()),
          batch.orElse(base.batch()),
          steps.orElse(base.steps()),
          epochs.orElse(base.epochs()),
          base.validationPatches(),
          base.stride(),
          trials.orElse(base.trials()),
          repetitions.orElse(base.repetitions()));
    } catch (IllegalArgumentException e) {
      throw invalid(String.valueOf(e.getMessage()));
    }
  }

  private RetinaSplit retinas(Profile sizes) {
    try {
      List<Photograph> photographs = new ArrayList<>();
      if (data.isPresent()) {
        for (Photograph photograph : ChaseFolder.read(data.get())) {
          photographs.add(photograph.scaledDown(sizes.reduction()));
        }
      } else {
        photographs.addAll(GeneratedRetinas.of(seed, sizes.patients(), sizes.size()));
      }
      int patch = Training.largestPatch(sizes);
      // Before they are prepared, for which there is a smallest size too.
      photographs.forEach(photograph -> photograph.requireSide(patch));
      RetinaSplit split = RetinaSplit.of(photographs, seed);
      split.requireRoom(patch);
      split.requireBothKinds();
      return split;
    } catch (RetinaReadException | IllegalArgumentException e) {
      throw invalid(String.valueOf(e.getMessage()));
    }
  }

  private Engine engine() {
    try {
      return Engines.open(engine, gpu);
    } catch (IllegalArgumentException e) {
      throw invalid(String.valueOf(e.getMessage()));
    }
  }

  private ParameterException invalid(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
