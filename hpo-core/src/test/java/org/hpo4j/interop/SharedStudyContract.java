package org.hpo4j.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hpo4j.interop.OptunaDump.list;
import static org.hpo4j.interop.OptunaDump.requireEqual;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.hpo4j.contract.TestStudies;
import org.hpo4j.sampler.RandomSampler;
import org.hpo4j.storage.Storage;
import org.hpo4j.storage.StudyStorage;
import org.hpo4j.study.BaseStudy;
import org.hpo4j.study.RunOptions;
import org.hpo4j.study.Study;
import org.hpo4j.study.StudyListener;
import org.hpo4j.trial.FrozenTrial;
import org.hpo4j.trial.Trial;
import org.hpo4j.trial.TrialTable;
import org.junit.jupiter.api.Test;

/** A worker in Java and one in Python on one study, at the same time. */
public abstract class SharedStudyContract {

  private static final int EACH = 25;

  /** Opens the storage anew, as another process would. */
  protected abstract Storage open();

  /** Optuna on the same storage. */
  protected abstract OptunaPeer optuna();

  /** How many trials wait for both when they start. */
  protected int waiting() {
    return 10;
  }

  @Test
  void noTrialIsLostOrDoneTwice() throws IOException {
    Map<Integer, Double> java = new ConcurrentSkipListMap<>();
    Map<Integer, Object> python = new TreeMap<>();
    try (Storage storage = open()) {
      Study study =
          Study.named("study")
              .maximize("loss")
              .sampler(RandomSampler.ofDefaults())
              .seed(4)
              .storage(storage)
              .create();
      IntStream.range(0, waiting()).forEach(i -> study.enqueue(Map.of("x", i / 16.0)));
      CompletableFuture<List<?>> other = CompletableFuture.supplyAsync(this::python);
      study.optimize(
          SharedStudyContract::objective,
          RunOptions.unlimited()
              .withParallelism(2)
              .withListener(ledger(java))
              .stopWhen((ignored, last) -> java.size() >= EACH && other.isDone()));
      other.join().forEach(row -> python.put(number(row), ((List<?>) row).get(1)));
    }
    assertThat(python).hasSize(EACH);
    assertThat(java.keySet()).doesNotContainAnyElementsOf(python.keySet());
    // They did work at the same time.
    assertThat(java.keySet()).anyMatch(number -> number > new TreeMap<>(python).firstKey());
    try (Storage storage = open()) {
      StudyStorage study = storage.find("study").orElseThrow();
      requireEqual(study, optuna().dump("study"));
      requireLedgers(study.table(), java, python);
    }
  }

  private List<?> python() {
    try {
      return list(optuna().carryOn("study", EACH), "ran");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int number(Object row) {
    return ((Long) ((List<?>) row).get(0)).intValue();
  }

  private static StudyListener ledger(Map<Integer, Double> ended) {
    return new StudyListener() {
      @Override
      public void trialFinished(BaseStudy study, FrozenTrial trial) {
        assertThat(ended.put(trial.number(), trial.value()))
            .as("trial %d", trial.number())
            .isNull();
      }
    };
  }

  /** As long as a very short training: Optuna waits up to a second between two looks at a lock. */
  private static double objective(Trial trial) {
    double x = trial.suggest(TestStudies.X);
    trial.report(0, x);
    LockSupport.parkNanos(20_000_000);
    return x + trial.random("noise").nextDouble();
  }

  private static void requireLedgers(
      TrialTable table, Map<Integer, Double> java, Map<Integer, ?> python) {
    Set<Integer> done = new HashSet<>(java.keySet());
    done.addAll(python.keySet());
    assertThat(new ArrayList<>(done))
        .containsExactlyInAnyOrderElementsOf(IntStream.range(0, table.size()).boxed().toList());
    java.forEach((number, value) -> assertThat(table.value(number, 0)).isEqualTo(value));
    python.forEach(
        (number, value) -> {
          if (value != null) {
            assertThat(table.value(number, 0)).isEqualTo(value);
          }
        });
  }
}
