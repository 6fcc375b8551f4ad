package org.hpo4j.fork;

import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * How the Java process of a trial is started. Immutable: each {@code with} method returns changed
 * options.
 *
 * @param heap the largest heap, as {@code -Xmx} takes it; Java's own default if empty
 * @param wallTime how long the process may run, its start included; no limit if empty
 * @param environment variables besides those of this process, or in place of them
 * @param jvmArguments arguments of {@code java}, after the library's own, so that they win
 * @param classPath the class path; this process's if empty
 * @param output where what the trials print is kept; not kept if empty
 */
public record ForkOptions(
    Optional<String> heap,
    Optional<Duration> wallTime,
    Map<String, String> environment,
    List<String> jvmArguments,
    Optional<String> classPath,
    Optional<Path> output) {

  private static final Pattern HEAP = Pattern.compile("[1-9]\\d*[kKmMgGtT]?");

  /** Checks and copies. */
  public ForkOptions {
    heap.ifPresent(ForkOptions::requireHeap);
    wallTime.ifPresent(ForkOptions::requirePositive);
    environment.forEach(ForkOptions::requireVariable);
    environment = Collections.unmodifiableMap(new LinkedHashMap<>(environment));
    jvmArguments = List.copyOf(jvmArguments);
  }

  /** This process's class path and environment, without limits. */
  public static ForkOptions ofDefaults() {
    return new ForkOptions(
        Optional.empty(),
        Optional.empty(),
        Map.of(),
        List.of(),
        Optional.empty(),
        Optional.empty());
  }

  /**
   * Caps the heap: a trial that needs more fails as {@code OUT_OF_MEMORY}. Memory that native code
   * takes is not capped.
   *
   * @param size a number and perhaps k, m, g or t, such as {@code 2g}
   */
  public ForkOptions withHeap(String size) {
    return new ForkOptions(
        Optional.of(size), wallTime, environment, jvmArguments, classPath, output);
  }

  /** Kills a trial that runs longer, its start included; it fails as {@code TIMEOUT}. */
  public ForkOptions withWallTime(Duration limit) {
    return new ForkOptions(heap, Optional.of(limit), environment, jvmArguments, classPath, output);
  }

  /**
   * Sets variables besides those of this process and those given before, or in place of them.
   *
   * @throws IllegalArgumentException if a name is empty or has a {@code =}, or a name or value has
   *     the character 0
   */
  public ForkOptions withEnvironment(Map<String, String> variables) {
    Map<String, String> all = new LinkedHashMap<>(environment);
    all.putAll(variables);
    return new ForkOptions(heap, wallTime, all, jvmArguments, classPath, output);
  }

  /** Adds arguments of {@code java}; those of this process are not passed on. */
  public ForkOptions withJvmArguments(String... arguments) {
    List<String> all = new ArrayList<>(jvmArguments);
    all.addAll(List.of(arguments));
    return new ForkOptions(heap, wallTime, environment, all, classPath, output);
  }

  /** Sets the class path, which must hold hpo-core, what it depends on, and the objective. */
  public ForkOptions withClassPath(List<Path> entries) {
    String text =
        entries.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    return new ForkOptions(heap, wallTime, environment, jvmArguments, Optional.of(text), output);
  }

  /**
   * Keeps what trial n prints, on both streams, as {@code trial-n.log} in this folder; if the trial
   * is started again, or the file exists for another reason, as {@code trial-n.attempt-2.log} and
   * so on. A study with an artifact folder keeps a copy with the trial.
   *
   * @param folder made if it is not there
   */
  public ForkOptions withOutput(Path folder) {
    return new ForkOptions(
        heap, wallTime, environment, jvmArguments, classPath, Optional.of(folder));
  }

  private static void requireHeap(String size) {
    if (!HEAP.matcher(size).matches()) {
      throw new IllegalArgumentException(
          "the heap must be a number and perhaps k, m, g or t, such as 2g; got '" + size + "'");
    }
  }

  private static void requireVariable(String name, String value) {
    if (name.isEmpty() || name.indexOf('=') >= 0 || name.indexOf(0) >= 0) {
      throw new IllegalArgumentException(
          "the name of an environment variable must have a character and none of '=' and 0; got '"
              + name
              + "'");
    }
    if (value.indexOf(0) >= 0) {
      throw new IllegalArgumentException(
          "the environment variable " + name + " must not have the character 0 in its value");
    }
  }

  private static void requirePositive(Duration limit) {
    if (limit.isZero() || limit.isNegative()) {
      throw new IllegalArgumentException("the wall time must be positive, got " + limit);
    }
  }
}
