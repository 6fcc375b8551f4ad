package org.hpo4j.fork;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hpo4j.trial.Device;

/** How the process of a trial is started: its command and its environment. */
final class ChildCommand {

  private static final String VISIBLE_GPUS = "CUDA_VISIBLE_DEVICES";

  private ChildCommand() {}

  /** Starts the process of a trial. */
  static Process start(
      ObjectiveClass objective,
      ForkOptions options,
      Optional<Device> device,
      TrialOutput output,
      String mark)
      throws IOException {
    List<String> command = new ArrayList<>();
    device.ifPresent(slot -> pin(slot, command));
    boolean pinned = !command.isEmpty();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    if (!pinned) {
      device.ifPresent(slot -> countProcessors(slot, command));
    }
    options.heap().ifPresent(size -> command.add("-Xmx" + size));
    // A search meets many crashes; each would leave an image of the whole memory.
    command.add("-XX:-CreateCoredumpOnCrash");
    output.crashFile().ifPresent(file -> command.add("-XX:ErrorFile=" + file.toAbsolutePath()));
    command.addAll(options.jvmArguments());
    command.add("-cp");
    command.add(options.classPath().orElseGet(ChildCommand::ownClassPath));
    command.add(ForkedMain.class.getName());
    command.add(objective.name());

    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.redirect());
    Map<String, String> environment = builder.environment();
    device.ifPresent(slot -> showGpus(slot, environment));
    environment.putAll(options.environment());
    environment.put(ProcessTree.MARK, mark);
    return builder.start();
  }

  /** All of what this process can load: the child has no modules of its own. */
  private static String ownClassPath() {
    return Stream.of("java.class.path", "jdk.module.path")
        .map(name -> System.getProperty(name, ""))
        .filter(path -> !path.isEmpty())
        .collect(Collectors.joining(File.pathSeparator));
  }

  // ---- Devices ----

  /**
   * Binds the process to its processors where there is {@code taskset}; Java counts them itself.
   */
  private static void pin(Device device, List<String> command) {
    if (device.kind() == Device.Kind.CPUS) {
      tool("taskset").ifPresent(tool -> command.addAll(List.of(tool, "-c", device.name())));
    }
  }

  /** Elsewhere Java is told how many threads to use; the system chooses the processors. */
  private static void countProcessors(Device device, List<String> command) {
    if (device.kind() == Device.Kind.CPUS) {
      command.add("-XX:ActiveProcessorCount=" + processors(device.name()));
    }
  }

  /** How many processors a set such as {@code 0-3,8} has. */
  static int processors(String set) {
    BitSet members = new BitSet();
    for (String range : set.split(",", -1)) {
      String[] ends = range.split("-", -1);
      members.set(Integer.parseInt(ends[0]), Integer.parseInt(ends[ends.length - 1]) + 1);
    }
    return members.cardinality();
  }

  private static Optional<String> tool(String name) {
    String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
    return Arrays.stream(path.split(File.pathSeparator, -1))
        .map(folder -> Path.of(folder, name))
        .filter(Files::isExecutable)
        .map(Path::toString)
        .findFirst();
  }

  private static void showGpus(Device device, Map<String, String> environment) {
    if (device.kind() == Device.Kind.GPU) {
      Optional<String> own = Optional.ofNullable(environment.get(VISIBLE_GPUS));
      environment.put(VISIBLE_GPUS, visible(device.name(), own));
    }
  }

  /**
   * The GPUs of a slot in the terms of the machine: where this process sees only some, as on a
   * shared machine, an index counts among those. An empty variable shows it none.
   *
   * @param ownVisible this process's variable, if it is set
   */
  static String visible(String slot, Optional<String> ownVisible) {
    List<String> own =
        ownVisible
            .filter(text -> !text.isBlank())
            .map(text -> List.of(text.split(",", -1)))
            .orElse(List.of());
    return Arrays.stream(slot.split(",", -1))
        .map(gpu -> ownVisible.isEmpty() || !gpu.matches("\\d{1,9}") ? gpu : nth(own, gpu))
        .collect(Collectors.joining(","));
  }

  private static String nth(List<String> own, String index) {
    int i = Integer.parseInt(index);
    if (i >= own.size()) {
      throw new IllegalStateException(
          "no GPU " + index + ": " + VISIBLE_GPUS + " shows this process only " + own);
    }
    return own.get(i).strip();
  }
}
