package org.hpo4j.benchmarks.convergence;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hpo4j.json.Json;

/** Regrets in files: CSV, which the Python peers write too, and JSON. */
final class RegretFiles {

  static final String HEADER = "problem,sampler,seed,trials,regret";

  private RegretFiles() {}

  static void writeCsv(Path file, List<Regret> regrets) throws IOException {
    List<String> lines = new ArrayList<>();
    lines.add(HEADER);
    for (Regret r : regrets) {
      lines.add(
          String.join(
              ",",
              r.problem(),
              r.sampler(),
              Long.toString(r.seed()),
              Integer.toString(r.trials()),
              Double.toString(r.regret())));
    }
    Files.write(file, lines);
  }

  /**
   * Reads what {@link #writeCsv} wrote.
   *
   * @throws IOException if the file cannot be read or a line is not a regret
   */
  static List<Regret> readCsv(Path file) throws IOException {
    List<String> lines = Files.readAllLines(file);
    if (lines.isEmpty() || !lines.get(0).equals(HEADER)) {
      throw new IOException(file + ": the first line must be " + HEADER);
    }
    List<Regret> regrets = new ArrayList<>();
    for (String line : lines.subList(1, lines.size())) {
      String[] fields = line.split(",", -1);
      try {
        regrets.add(
            new Regret(
                fields[0],
                fields[1],
                Long.parseLong(fields[2]),
                Integer.parseInt(fields[3]),
                Double.parseDouble(fields[4])));
      } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
        throw new IOException(file + ": not " + HEADER + ": '" + line + "'", e);
      }
    }
    return regrets;
  }

  static void writeJson(Path file, List<Regret> regrets) throws IOException {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (Regret r : regrets) {
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("problem", r.problem());
      row.put("sampler", r.sampler());
      row.put("seed", r.seed());
      row.put("trials", r.trials());
      row.put("regret", r.regret());
      rows.add(row);
    }
    Files.writeString(file, Json.write(rows) + "\n");
  }
}
