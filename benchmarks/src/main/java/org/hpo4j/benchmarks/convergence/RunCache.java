package org.hpo4j.benchmarks.convergence;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32;
import org.hpo4j.json.Json;

/**
 * Finished runs as files, so that a long benchmark can be interrupted and continued: one file a
 * run, under everything that the run depends on. A changed version or problem has other files.
 */
final class RunCache {

  private final Path folder;

  RunCache(Path folder) {
    this.folder = folder;
  }

  /** The run, if it was kept. */
  Optional<Run> read(RunTask task) throws IOException {
    Path file = file(task);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    if (Json.parse(Files.readString(file)).orElseThrow() instanceof Map<?, ?> map
        && map.get("seconds") instanceof Double seconds
        && map.get("regrets") instanceof List<?> regrets) {
      double[] curve = regrets.stream().mapToDouble(r -> ((Number) r).doubleValue()).toArray();
      return Optional.of(task.toRun(seconds, curve));
    }
    throw new IOException(file + " is not a run; delete it");
  }

  /** Keeps a run; the file appears whole or not at all. */
  void write(RunTask task, Run run) throws IOException {
    Path file = file(task);
    Files.createDirectories(file.getParent());
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("version", task.contender().version());
    map.put("seconds", run.seconds());
    map.put("regrets", Arrays.stream(run.regrets()).boxed().toList());
    Path draft = Files.createTempFile(file.getParent(), "run", ".tmp");
    Files.writeString(draft, Json.write(map) + "\n");
    Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
  }

  private Path file(RunTask task) {
    return folder
        .resolve(task.contender().name() + "-" + digest(task.contender().version()))
        .resolve(task.problem().name() + "-" + digest(task.problem().fingerprint()))
        .resolve(task.trials() + "-" + task.seed() + ".json");
  }

  static String digest(String text) {
    CRC32 crc = new CRC32();
    crc.update(text.getBytes(StandardCharsets.UTF_8));
    return String.format("%08x", crc.getValue());
  }
}
