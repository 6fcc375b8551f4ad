package org.hpo4j.storage.optuna;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hpo4j.interop.OptunaDump.map;
import static org.hpo4j.interop.OptunaDump.trialsOf;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.hpo4j.contract.TestStudies;
import org.hpo4j.interop.OptunaContract;
import org.hpo4j.interop.OptunaPeer;
import org.hpo4j.json.Json;
import org.hpo4j.space.Configuration;
import org.hpo4j.space.Parameter;
import org.hpo4j.storage.Storage;
import org.hpo4j.storage.StudyStorage;
import org.hpo4j.storage.journal.JournalStorage;
import org.hpo4j.trial.Direction;
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

  /** Also where the step is no short decimal, so that it would lower the upper bound. */
  @Test
  void optunaLeavesTheBoundsOfEveryGrid() throws IOException {
    Configuration.Builder values = Configuration.builder();
    DistributionTest.grids()
        .forEach(
            domain ->
                values.put(Parameter.of("p" + values.build().size(), domain), domain.fromUnit(1)));
    Configuration highest = values.build();
    try (Storage storage = open()) {
      StudyStorage study = storage.create("study", List.of(Direction.MINIMIZE));
      TestStudies.commit(study, TestStudies.start(0, highest));
    }
    Map<?, ?> trial = trialsOf(optuna.dump("study")).get(0);
    assertThat(map(trial, "params")).isEqualTo(highest.toMap());
    for (Parameter<?> parameter : highest.parameters()) {
      Object read = map(map(trial, "distributions"), parameter.name());
      assertThat(Distribution.parse(Json.write(read)))
          .as("%s", parameter)
          .isEqualTo(Distribution.parse(Distribution.textOf(parameter.domain())));
    }
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
