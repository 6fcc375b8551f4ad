package org.hpo4j.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hpo4j.space.Parameters.choice;
import static org.hpo4j.space.Parameters.integer;
import static org.hpo4j.space.Parameters.uniform;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.hpo4j.sampler.RandomSampler;
import org.hpo4j.space.Parameter;
import org.hpo4j.space.SearchSpace;
import org.hpo4j.storage.Storage;
import org.hpo4j.storage.journal.JournalStorage;
import org.hpo4j.trial.Trial;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Crashes while an enqueued trial begins, whose values stand in several lines of a journal. */
class HalfClaimedTrialTest {

  private static final Parameter<Double> X = uniform("x", 0, 1);
  private static final Parameter<Integer> N = integer("n", 1, 9);
  private static final Parameter<String> C = choice("c", "a", "b", "d");

  private static Study open(Storage storage) {
    return Study.named("half")
        .minimize("loss")
        .seed(3)
        .space(SearchSpace.of(X, N, C))
        .sampler(RandomSampler.ofDefaults())
        .storage(storage)
        .createOrResume();
  }

  private static double evaluate(Trial trial) {
    return trial.suggest(X) + trial.suggest(N) + trial.suggest(C).length();
  }

  private static String run(Path journal) {
    try (Storage storage = JournalStorage.open(journal)) {
      Study study = open(storage);
      if (study.trialCount() == 0) {
        study.enqueue(Map.of("n", 3));
      }
      if (study.trialCount() == 1) {
        study.enqueue(Map.of("c", "b", "x", 0.25));
      }
      study.optimize(HalfClaimedTrialTest::evaluate, RunOptions.trials(4).ordered(1));
      return study.export().canonicalJson();
    }
  }

  @Test
  void goOnWithAllValuesAfterEachLine(@TempDir Path folder) throws IOException {
    Path journal = folder.resolve("whole");
    String undisturbed = run(journal);
    byte[] bytes = Files.readAllBytes(journal);
    for (int end = 1; end <= bytes.length; end++) {
      if (bytes[end - 1] == '\n') {
        Path cut = folder.resolve("cut" + end);
        Files.write(cut, Arrays.copyOf(bytes, end));
        assertThat(run(cut)).as("after %d bytes", end).isEqualTo(undisturbed);
      }
    }
  }
}
