package org.hpo4j.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hpo4j.interop.OptunaDump.map;
import static org.hpo4j.interop.OptunaDump.trialsOf;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hpo4j.contract.TestStudies;
import org.hpo4j.interop.OptunaContract;
import org.hpo4j.interop.OptunaPeer;
import org.hpo4j.storage.Storage;
import org.hpo4j.storage.journal.JournalStorage;
import org.hpo4j.trial.Direction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One database, written by this library and by the real Optuna. */
abstract class OptunaTablesContract extends OptunaContract {

  private final String url;
  private final String otherUrl;
  private final OptunaPeer optuna;

  /**
   * Takes two databases.
   *
   * @param url the JDBC URL of an empty one
   * @param otherUrl that of another one
   */
  OptunaTablesContract(String url, String otherUrl) {
    this.url = url;
    this.otherUrl = otherUrl;
    this.optuna = new OptunaPeer(OptunaUrl.of(url));
  }

  @Override
  protected OptunaPeer optuna() {
    return optuna;
  }

  @Override
  protected Storage open() {
    return JdbcStorage.open(url);
  }

  @Test
  void optunaTakesTheTablesForItsOwnNewest() throws IOException {
    filled();
    Map<?, ?> schema = optuna.schema();
    assertThat(schema.get("version")).isEqualTo(schema.get("head"));
  }

  @Test
  void theTablesAreThoseThatOptunaMakes() throws IOException {
    open().close();
    Map<String, Object> ours = tables(optuna);
    assertThat(ours).containsKeys("hpo4j_leases", "hpo4j_late_writes", "hpo4j_turns");
    ours.keySet().removeIf(table -> table.startsWith("hpo4j_"));
    assertThat(ours).isEqualTo(tables(new OptunaPeer(OptunaUrl.of(otherUrl))));
  }

  /** Each table's columns and constraints; Optuna makes what is missing when it is asked. */
  private static Map<String, Object> tables(OptunaPeer peer) throws IOException {
    Map<String, Object> tables = new LinkedHashMap<>();
    map(peer.schema(), "tables").forEach((key, table) -> tables.put((String) key, table));
    return tables;
  }

  @Test
  void tablesThatOptunaMadeAreJoinedAndNotChanged() throws IOException {
    Map<String, Object> before = tables(optuna);
    filled();
    assertThat(tables(optuna)).containsAllEntriesOf(before);
  }

  @Test
  void optunaReadsTheSameFromTheTablesAsFromAJournal(@TempDir Path folder) throws IOException {
    filled();
    Path journal = folder.resolve("journal.log");
    try (Storage storage = JournalStorage.open(journal)) {
      TestStudies.fill(storage.create("study", List.of(Direction.MAXIMIZE)));
    }
    Map<?, ?> tables = optuna.dump("study");
    Map<?, ?> lines = new OptunaPeer(journal.toString()).dump("study");
    // One that was given back to the queue has forgotten its reports; in a journal nothing can be.
    int requeued = 6;
    List<Map<?, ?>> ours = trialsOf(tables);
    assertThat(map(ours.get(requeued), "intermediate_values")).isEmpty();
    ours.remove(requeued);
    List<Map<?, ?>> theirs = trialsOf(lines);
    theirs.remove(requeued);
    assertThat(ours).isEqualTo(theirs);
    assertThat(tables.get("system_attrs")).isEqualTo(lines.get("system_attrs"));
  }
}
