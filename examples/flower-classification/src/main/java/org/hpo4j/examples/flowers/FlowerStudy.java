package org.hpo4j.examples.flowers;

import ai.djl.Device;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.hpo4j.djl.DjlModel;
import org.hpo4j.examples.flowers.data.FlowerFolder;
import org.hpo4j.examples.flowers.data.GeneratedFlowers;
import org.hpo4j.examples.flowers.data.PictureException;
import org.hpo4j.examples.flowers.data.PictureSet;
import org.hpo4j.examples.flowers.features.Backbone;
import org.hpo4j.examples.flowers.head.DjlHead;
import org.hpo4j.examples.flowers.head.HeadEngine;
import org.hpo4j.examples.flowers.head.TensorFlowHead;
import org.hpo4j.examples.flowers.weights.WeightsException;
import org.hpo4j.storage.Storage;
import org.hpo4j.storage.journal.JournalStorage;
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
    name = "flower-study",
    description = "Tunes the head of a frozen network that tells flowers apart.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
public final class FlowerStudy implements Callable<Integer> {
  /** What trains the heads. */
  enum Engine {
    DJL,
    TENSORFLOW;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--profile",
      defaultValue = "cpu",
      description = "Sizes: ${COMPLETION-CANDIDATES}; default ${DEFAULT-VALUE}.")
  private Profile.Name profile = Profile.Name.CPU;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Folder with a folder of photographs for each class; default drawn flowers.")
  private Optional<Path> data = Optional.empty();

  @Option(
      names = "--backbone",
      description = "Frozen network: ${COMPLETION-CANDIDATES}; default the profile's.")
  private Optional<Backbone> backbone = Optional.empty();

  @Mixin private WeightsOptions weights = new WeightsOptions();

  @Option(
      names = "--engine",
      defaultValue = "djl",
      description = "Trains the heads: ${COMPLETION-CANDIDATES}; default ${DEFAULT-VALUE}.")
  private Engine engine = Engine.DJL;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Run folder; a study that is in it is resumed. Default runs/flowers-PROFILE.")
  private Optional<Path> folder = Optional.empty();

  @Option(
      names = "--cache",
      paramLabel = "DIR",
      defaultValue = "runs/flowers-cache",
      description = "Folder of features and fetched weights; default ${DEFAULT-VALUE}.")
  private Path cache = Path.of("runs", "flowers-cache");

  @Option(names = "--seed", defaultValue = "42", description = "Default ${DEFAULT-VALUE}.")
  private long seed = 42;

  @Option(names = "--gpu", description = "Number of the GPU to use; default the CPU.")
  private Optional<Integer> gpu = Optional.empty();

  @Option(names = "--crop", description = "Height and width of a view; default the profile's.")
  private Optional<Integer> crop = Optional.empty();

  @Option(names = "--views", description = "Augmented views of a picture; default the profile's.")
  private Optional<Integer> views = Optional.empty();

  @Option(names = "--per-class", description = "Examples in an epoch; default the profile's.")
  private Optional<Integer> perClass = Optional.empty();

  @Option(names = "--epochs", description = "Epochs of a training; default the profile's.")
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
    return new CommandLine(new FlowerStudy())
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
    Profile sizes = sizes();
    Path run = folder.orElse(Path.of("runs", "flowers-" + profile));
    requireFree(run);
    PictureSet pictures = pictures(sizes);
    HeadEngine heads = heads(sizes);
    PrintWriter out = spec.commandLine().getOut();
    Optional<Path> file = weights(sizes, out);
    requireUsable(sizes, file);
    Files.createDirectories(run);
    FlowerRun.Setting setting =
        new FlowerRun.Setting(sizes, pictures, file, device(), heads, seed, run, cache);
    try (Storage journal = JournalStorage.open(RunFolder.journal(run))) {
      new FlowerRun(setting, identity(sizes, pictures, file), journal, out).run();
    } catch (FlowerRun.OtherStudyException e) {
      throw invalid(String.valueOf(e.getMessage()));
    }
    return CommandLine.ExitCode.OK;
  }

  private void requireFree(Path run) throws IOException {
    try {
      RunFolder.requireFreeFor(FlowerRun.STUDY, run);
    } catch (IllegalArgumentException e) {
      throw invalid(String.valueOf(e.getMessage()));
    }
  }

  private Map<String, Object> identity(Profile sizes, PictureSet pictures, Optional<Path> file)
      throws IOException {
    Map<String, Object> identity = new TreeMap<>(sizes.identity());
    identity.put("pictures", pictures.digest().substring(0, 16));
    // Not the file's name: all files of one network's weights may have the same.
    identity.put(
        "weights",
        file.isPresent() ? FrozenFeatures.digest(file.get()).substring(0, 16) : "random");
    identity.put("engine", engine.toString());
    return identity;
  }

  private Profile sizes() {
    Profile base = Profile.of(profile);
    try {
      return new Profile(
          backbone.orElse(base.backbone()),
          crop.orElse(base.crop()),
          views.orElse(base.views()),
          perClass.orElse(base.perClass()),
          epochs.orElse(base.epochs()),
          base.generated());
    } catch (IllegalArgumentException e) {
      throw invalid(String.valueOf(e.getMessage()));
    }
  }

  private PictureSet pictures(Profile sizes) throws IOException {
    if (data.isEmpty()) {
      return GeneratedFlowers.of(seed, sizes.generated());
    }
    try {
      return FlowerFolder.read(data.get());
    } catch (PictureException e) {
      throw invalid(String.valueOf(e.getMessage()));
    }
  }

  /** Returns the file with the backbone's weights; nothing if they are random. */
  private Optional<Path> weights(Profile sizes, PrintWriter out) throws IOException {
    try {
      return weights.file(sizes.backbone(), cache, out);
    } catch (IllegalArgumentException e) {
      throw invalid(String.valueOf(e.getMessage()));
    }
  }

  /** Loads the weights once, to see that they are those of the backbone. */
  private void requireUsable(Profile sizes, Optional<Path> file) throws IOException {
    if (file.isPresent()) {
      try {
        sizes.backbone().open(file, seed, sizes.crop(), device()).close();
      } catch (WeightsException e) {
        throw invalid(String.valueOf(e.getMessage()));
      }
    }
  }

  private Device device() {
    return gpu.map(Device::gpu).orElse(Device.cpu());
  }

  private HeadEngine heads(Profile sizes) {
    try {
      // DJL runs the frozen network, whatever trains the heads.
      if (engine == Engine.DJL || sizes.backbone() != Backbone.NONE) {
        DjlModel.requirePresent(device());
      }
      if (engine == Engine.DJL) {
        return new DjlHead(device());
      }
      DeviceOptions device = gpu.map(DeviceOptions::gpu).orElse(DeviceOptions.cpu());
      device.requirePresent();
      return new TensorFlowHead(device);
    } catch (IllegalArgumentException e) {
      throw invalid(String.valueOf(e.getMessage()));
    }
  }

  private ParameterException invalid(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
