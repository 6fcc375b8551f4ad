package org.hpo4j.examples.documents;

import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.hpo4j.examples.documents.data.GeneratedScans;
import org.hpo4j.examples.documents.data.ScanBatches;
import org.hpo4j.examples.documents.data.ScanFolder;
import org.hpo4j.examples.documents.data.ScanReadException;
import org.hpo4j.examples.documents.data.ScanSplit;
import org.hpo4j.mlflow.MlflowOptions;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command line of the study. */
@Command(
    name = "document-study",
    description =
        "Tunes a U-Net that finds what is on scanned forms: by Hyperband, random search and Bayesian optimization.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
public final class DocumentStudy implements Callable<Integer> {
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
  private EngineName engine = EngineName.DJL;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description =
          "Folder with images and masks/CLASS, or with these in train, val and test; default generated scans.")
  private Optional<Path> data = Optional.empty();

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Run folder; a study that is in it is resumed. Default runs/documents-PROFILE.")
  private Optional<Path> folder = Optional.empty();

  @Option(names = "--seed", defaultValue = "42", description = "Default ${DEFAULT-VALUE}.")
  private long seed = 42;

  @Option(
      names = "--parallelism",
      defaultValue = "1",
      description = "Trials at a time; more than 1 with the engine tensorflow only.")
  private int parallelism = 1;

  @Option(
      names = "--threads",
      defaultValue = "1",
      description =
          "Threads of a trial's training; default ${DEFAULT-VALUE}. More than there are free processors make it far slower.")
  private int threads = 1;

  @Option(names = "--gpu", description = "Number of the GPU to use; default the CPU.")
  private Optional<Integer> gpu = Optional.empty();

  @Option(
      names = "--pretrained",
      paramLabel = "DIR",
      description =
          "Folder with weights that every trial starts from, such as OUT/best of an earlier study; they fix start_neurons and net_depth.")
  private Optional<Path> pretrained = Optional.empty();

  @Option(
      names = "--mlflow",
      paramLabel = "URI",
      description = "MLflow server that is told of all trials, such as http://localhost:5000.")
  private Optional<String> mlflow = Optional.empty();

  @Option(
      names = "--experiment",
      defaultValue = "documents",
      description = "Experiment on that server, the article's project; default ${DEFAULT-VALUE}.")
  private String experiment = "documents";

  @Option(
      names = "--tensorboard",
      description = "Writes event files for TensorBoard into OUT/tuners/*/tensorboard.")
  private boolean tensorBoard;

  @Mixin private SizeOptions sizeOptions = new SizeOptions();

  /** Runs the study and ends the process: 0 done, 1 failed, 2 bad arguments or data. */
  public static void main(String[] args) {
    System.setProperty("java.awt.headless", "true");
    System.exit(execute(args, writer(System.out), writer(System.err)));
  }

  private static PrintWriter writer(PrintStream stream) {
    return new PrintWriter(stream, true, Charset.defaultCharset());
  }

  static int execute(String[] args, PrintWriter out, PrintWriter err) {
    return new CommandLine(new DocumentStudy())
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
    // A run folder keeps what it was begun with: before it is opened, all of it must be usable.
    Path run = folder.orElse(Path.of("runs", "documents-" + profile));
    Engine trainer = engine.make();
    Task task;
    Trackers trackers;
    try {
      RunFolder.requireOwn(run);
      engine.requireParallelism(parallelism);
      if (threads < 1) {
        throw new IllegalArgumentException("threads is " + threads + ", must be at least 1");
      }
      Profile sizes = sizes(trainer);
      OptionalInt device = gpu.stream().mapToInt(Integer::intValue).findFirst();
      task = Task.of(sizes, scans(sizes), seed, pretrained, device, threads);
      trackers =
          new Trackers(
              mlflow.map(uri -> MlflowOptions.server(uri).withExperiment(experiment)), tensorBoard);
      // A GPU that the engine can't use is told of here.
      trainer.objective(task);
      Pretrained.requireUsable(trainer, task);
    } catch (ScanReadException | IllegalArgumentException e) {
      throw invalid(String.valueOf(e.getMessage()));
    }
    Files.createDirectories(run);
    PrintWriter out = spec.commandLine().getOut();
    Profile sizes = task.profile();
    out.printf(
        "%d scans of %d classes to train on, %d to validate, %d to test; engine %s; folder %s%n",
        task.scans().train().size(),
        task.classes(),
        task.scans().validation().size(),
        task.scans().test().size(),
        engine,
        run);
    for (Tuner tuner : Tuner.values()) {
      out.printf(
          "%d x %s: %d trials, %d epochs of %d steps%n",
          sizes.repetitions(),
          tuner.title(),
          tuner.trials(sizes),
          tuner.epochs(sizes),
          sizes.steps());
    }
    try {
      new TunerComparison(trainer, task, identity(sizes, trainer), trackers, parallelism, run, out)
          .run();
    } catch (ForeignStudyException e) {
      throw invalid(
          "the study in '%s' can't be resumed: %s; give another --out"
              .formatted(run, e.getMessage()));
    }
    return CommandLine.ExitCode.OK;
  }

  private Map<String, Object> identity(Profile sizes, Engine trainer) throws IOException {
    Map<String, Object> identity = new TreeMap<>(sizes.identity());
    identity.put("engine", engine.toString());
    identity.put("seed", seed);
    identity.put("data", data.map(DocumentStudy::absolute).orElse("generated"));
    if (pretrained.isPresent()) {
      // Not the folder's name: OUT/best has other weights once that study has a better trial.
      identity.put("pretrained", Pretrained.digest(pretrained.get(), trainer).substring(0, 16));
    }
    return identity;
  }

  private static String absolute(Path path) {
    return path.toAbsolutePath().normalize().toString();
  }

  private Profile sizes(Engine trainer) throws IOException {
    Profile base = Profile.of(profile);
    return sizeOptions.apply(
        base, pretrained.isPresent() ? Pretrained.read(pretrained.get(), trainer) : base.space());
  }

  private ScanSplit scans(Profile sizes) throws ScanReadException {
    if (data.isEmpty()) {
      return GeneratedScans.of(
          seed, sizes.size(), sizes.classes(), sizes.trainScans(), sizes.heldScans());
    }
    ScanSplit read = ScanFolder.read(data.get(), seed);
    ScanBatches.requireSize(read.train(), sizes.tile());
    ScanBatches.requireSize(read.validation(), sizes.space().sizeMultiple());
    ScanBatches.requireSize(read.test(), sizes.space().sizeMultiple());
    return read;
  }

  private ParameterException invalid(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
