package org.hpo4j.storage.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hpo4j.space.Parameters.quniform;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.hpo4j.sampler.tpe.TpeSampler;
import org.hpo4j.space.Parameter;
import org.hpo4j.storage.Storage;
import org.hpo4j.study.RunOptions;
import org.hpo4j.study.Study;
import org.hpo4j.trial.FrozenTrial;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Studies of versions that wrote the step of every grid, of which Optuna cuts some off at the top.
 */
class EarlierGridTest {

  private static final Parameter<Double> THIRDS = quniform("thirds", 0, 3, 1 / 3.0);

  private static Study opened(Storage storage) {
    return Study.named("s")
        .minimize("loss")
        .seed(1)
        .sampler(TpeSampler.ofDefaults())
        .storage(storage)
        .createOrResume();
  }

  private static List<FrozenTrial> run(Path journal, int trials) {
    try (Storage storage = JournalStorage.open(journal)) {
      Study study = opened(storage);
      study.optimize(trial -> 3 - trial.suggest(THIRDS), RunOptions.trials(trials));
      return study.trials();
    }
  }

  @Test
  void openAndGoOnAsWithoutTheDifference(@TempDir Path folder) throws IOException {
    Path journal = folder.resolve("journal");
    List<FrozenTrial> before = run(journal, 20);
    Path earlier = folder.resolve("earlier");
    String lines = Files.readString(journal);
    assertThat(lines).contains("3.000000000000006").contains("0.333333333333334");
    Files.writeString(
        earlier,
        lines
            .replace("3.000000000000006", "2.9999999999999996")
            .replace("0.333333333333334", "0.3333333333333333")
            .replaceAll(", *\"crc\": *\"[0-9a-f]{8}\"", ""));
    assertThat(run(earlier, 20)).isEqualTo(before);
    assertThat(run(earlier, 40))
        .extracting(FrozenTrial::configuration)
        .isEqualTo(run(journal, 40).stream().map(FrozenTrial::configuration).toList());
  }
}
