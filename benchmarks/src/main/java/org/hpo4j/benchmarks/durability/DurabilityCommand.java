package org.hpo4j.benchmarks.durability;

import static org.hpo4j.benchmarks.MarkdownTable.number;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.hpo4j.benchmarks.Environment;
import org.hpo4j.benchmarks.MarkdownTable;
import org.hpo4j.benchmarks.peers.PythonPeers;
import org.hpo4j.json.Json;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures rates and openings beside Optuna's, and writes durability.json and report.md. */
@Command(
    name = "durability",
    description =
        "Measures how many trials a second survive a crash, and how long a study takes to open.",
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
public final class DurabilityCommand implements Callable<Integer> {

  private static final String REPORT = "report.md";

  /** What can be measured by itself. */
  enum Part {
    /** One process on a journal. */
    JOURNAL,
    /** Several on one journal. */
    PROCESSES,
    /** What order costs. */
    ORDERED,
    /** One worker on SQLite. */
    SQLITE,
    /** One and several workers on PostgreSQL. */
    POSTGRESQL,
    /** Opening a long study, in a journal and in PostgreSQL. */
    OPENING
  }

  @Option(names = "--rounds", description = "Rounds in which all work in turns.")
  private int rounds = 5;

  @Option(names = "--seconds", description = "The length of a turn.")
  private double seconds = 3;

  @Option(
      names = "--warm-up",
      description = "Seconds that each works before the first round, times its processes.")
  private double warmUp = 15;

  @Option(names = "--processes", description = "Processes on one journal.")
  private int processes = 4;

  @Option(names = "--workers", description = "Processes on one PostgreSQL.")
  private int workers = 16;

  @Option(names = "--opened", description = "Trials of the study that is opened.")
  private int opened = 100_000;

  @Option(
      names = "--parts",
      split = ",",
      description = "What to measure, of ${COMPLETION-CANDIDATES}; all unless set.",
      showDefaultValue = CommandLine.Help.Visibility.NEVER)
  private Set<Part> parts = EnumSet.allOf(Part.class);

  @Option(
      names = "--disk",
      description = "A folder on the disk to measure; what is made in it goes at the end.")
  private Path disk = Path.of("benchmarks/target/durability");

  @Option(names = "--python", description = "The Python with Optuna.")
  private Path python = PythonPeers.folder().resolve(".venv-durability/bin/python");

  @Option(names = "--out", description = "The folder for the results.")
  private Path out = Path.of("benchmarks/target/durability");

  private String versions = "";

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException, InterruptedException {
    Files.createDirectories(out);
    Files.createDirectories(disk);
    Path folder = Files.createTempDirectory(disk.toAbsolutePath(), "disk");
    try {
      Programs programs = new Programs(new PythonPeers(python, PythonPeers.folder()));
      versions = programs.versions() + "; on " + Files.getFileStore(folder).type();
      measure(
          new DurabilityRun(
              folder,
              programs,
              new DurabilityRun.Size(
                  length(warmUp), rounds, length(seconds), processes, workers, opened)),
          folder);
    } finally {
      delete(folder);
    }
    spec.commandLine().getOut().println(Files.readString(out.resolve(REPORT)));
    return 0;
  }

  private void measure(DurabilityRun run, Path folder) throws IOException, InterruptedException {
    measure(run, Part.JOURNAL, run::journal);
    measure(run, Part.PROCESSES, run::processes);
    measure(run, Part.SQLITE, run::sqlite);
    measure(run, Part.OPENING, run::openJournal);
    if (parts.contains(Part.POSTGRESQL) || parts.contains(Part.OPENING)) {
      try (PostgresServer postgres = PostgresServer.start(folder.resolve("postgres"))) {
        versions = "PostgreSQL " + postgres.version() + ", " + versions;
        measure(run, Part.POSTGRESQL, () -> run.postgres(postgres));
        measure(run, Part.OPENING, () -> run.openPostgres(postgres));
      }
    }
    measure(run, Part.ORDERED, run::ordered);
  }

  /** A part of the run. */
  @FunctionalInterface
  private interface Measurement {
    void run() throws IOException, InterruptedException;
  }

  /** Writes what there is after each part, so that a late failure costs that part alone. */
  private void measure(DurabilityRun run, Part part, Measurement measurement)
      throws IOException, InterruptedException {
    if (parts.contains(part)) {
      spec.commandLine().getErr().println("measuring " + part);
      measurement.run();
      write(run);
    }
  }

  private static Duration length(double seconds) {
    return Duration.ofNanos((long) (seconds * 1e9));
  }

  private void write(DurabilityRun run) throws IOException {
    Map<String, Object> json = new LinkedHashMap<>();
    Map<String, Object> rates = new LinkedHashMap<>();
    run.rates().forEach(r -> rates.put(r.name(), r.perRound()));
    json.put("trials a second by round", rates);
    Map<String, Object> openings = new LinkedHashMap<>();
    run.openings().forEach(o -> openings.put(o.what(), List.of(o.cold(), o.warm())));
    json.put("seconds to open, in a new process and warm", openings);
    json.put("targets", run.findings().stream().map(Finding::toMap).toList());
    Files.writeString(out.resolve("durability.json"), Json.writeIndented(json) + "\n");
    String report =
        "# Durability\n\n"
            + Environment.describe(spec.commandLine().getParseResult().originalArgs(), versions)
            + "- Seed: "
            + Load.SEED
            + "\n\n## Targets\n\n"
            + Finding.table(run.findings())
            + "\n## Trials a second\n\n"
            + rates(run.rates())
            + "\n## Seconds to open "
            + opened
            + " trials\n\n"
            + openings(run.openings());
    Files.writeString(out.resolve(REPORT), report);
  }

  private static String rates(List<Rates> all) {
    MarkdownTable table = new MarkdownTable(List.of("", "median", "lowest", "highest"));
    for (Rates rates : all) {
      table.row(
          List.of(
              rates.name(),
              number(rates.median()),
              number(rates.lowest()),
              number(rates.highest())));
    }
    return table.toString();
  }

  private static String openings(List<Opening> all) {
    MarkdownTable table = new MarkdownTable(List.of("", "new process", "warm"));
    for (Opening opening : all) {
      String warm = Double.isNaN(opening.warm()) ? "-" : number(opening.warm());
      table.row(List.of(opening.what(), number(opening.cold()), warm));
    }
    return table.toString();
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
