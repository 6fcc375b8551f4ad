package org.hpo4j.storage.optuna;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hpo4j.interop.OptunaDump.map;
import static org.hpo4j.interop.OptunaDump.trialsOf;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.hpo4j.contract.TestStudies;
import org.hpo4j.interop.OptunaContract;
import org.hpo4j.interop.OptunaPeer;
import org.hpo4j.json.Json;
import org.hpo4j.space.Parameter;
import org.hpo4j.storage.Storage;
import org.hpo4j.storage.journal.JournalStorage;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One journal, written by this library and by the real Optuna. */
@Tag("interop")
class OptunaInteropTest extends OptunaContract {

  private final Path journal;
  private final OptunaPeer optuna;

  OptunaInteropTest(@TempDir Path folder) {
    this.journal = folder.resolve("journal.log");
    this.optuna = new OptunaPeer(journal.toString());
  }

  @Override
  protected OptunaPeer optuna() {
    return optuna;
  }

  @Override
  protected Storage open() {
    return JournalStorage.open(journal);
  }

  @Test
  void optunaReadsTheEnclosingDistributions() throws IOException {
    filled();
    Map<?, ?> distributions = map(trialsOf(optuna.dump("study")).get(0), "distributions");
    for (Parameter<?> parameter : TestStudies.ALL_DOMAINS) {
      Distribution written = Distribution.parse(Distribution.textOf(parameter.domain()));
      Distribution read = Distribution.parse(Json.write(map(distributions, parameter.name())));
      assertThat(read).as(parameter.name()).isEqualTo(written);
    }
  }
}
