package org.hpo4j.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.hpo4j.pruner.Pruner;
import org.hpo4j.storage.Storage;
import org.hpo4j.storage.journal.JournalStorage;
import org.hpo4j.trial.Direction;
import org.hpo4j.trial.FrozenTrial;
import org.hpo4j.trial.Trial;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What no storage could keep, or nobody read again, is refused where it is set. */
class KeepableTest {

  private static final String HALF = "cut \ud83d";
  private static final String WHOLE = "whole \ud83d\ude00";

  private final Study study = Study.named("kept").minimize("loss").seed(3).create();

  private static void assertRefused(ThrowingCallable set, String... words) {
    assertThatIllegalArgumentException().isThrownBy(set).withMessageContainingAll(words);
  }

  private static Object nested(int depth) {
    Object value = 1L;
    for (int i = 0; i < depth; i++) {
      value = i % 2 == 0 ? List.of(value) : Map.of("k", value);
    }
    return value;
  }

  @Test
  void aNameOfAStudyMustBeUnicodeText() {
    assertRefused(() -> Study.named(HALF), "a study's name", "\\ud83d", "surrogate");
    assertRefused(() -> MultiObjectiveStudy.named(HALF), "a study's name", "\\ud83d");
  }

  @Test
  void aNameOfAnObjectiveMustBeUnicodeTextAndNotTooLong() {
    StudyBuilder builder = Study.named("s");
    assertRefused(() -> builder.minimize(HALF), "the objective's name", "\\ud83d");
    assertRefused(() -> builder.minimize("m".repeat(513)), "1 to 512 characters", "got 513");
  }

  @Test
  void aNameOfAMetricMustBeUnicodeTextAndNotTooLong() {
    Trial trial = study.ask();
    assertRefused(() -> trial.report(HALF, 0, 1), "a metric's name", "\\ud83d");
    assertRefused(() -> trial.report("m".repeat(513), 0, 1), "1 to 512 characters", "got 513");
    assertRefused(() -> trial.report(" ", 0, 1), "1 to 512 characters", "' '");
  }

  @Test
  void aMetricThatAPrunerReadsMustHaveANameThatCanBeReported() {
    assertRefused(
        () -> Pruner.none().onMetric("m".repeat(513), Direction.MINIMIZE),
        "a metric's name",
        "got 513");
  }

  @Test
  void aNameOfAnEnqueuedParameterMustBeUnicodeText() {
    assertRefused(() -> study.enqueue(Map.of(HALF, 1)), "a parameter's name", "\\ud83d");
  }

  @Test
  void aKeyOfAnAttributeMustBeUnicodeText() {
    assertRefused(() -> study.setAttribute(HALF, 1), "an attribute's key", "\\ud83d");
    assertRefused(() -> study.ask().setAttribute(HALF, 1), "an attribute's key", "\\ud83d");
  }

  @Test
  void aKeyInsideAnAttributeMustBeUnicodeText() {
    assertRefused(
        () -> study.setAttribute("deep", List.of(Map.of("a", Map.of(HALF, 1)))),
        "attribute 'deep'",
        "a map's key",
        "\\ud83d");
  }

  @Test
  void anAttributeIsNestedAtMost100Deep() {
    study.setAttribute("deep", nested(100));
    assertThat(study.attributes()).containsEntry("deep", nested(100));
    assertRefused(
        () -> study.setAttribute("deep", nested(101)),
        "attribute 'deep'",
        "nested 100 deep",
        "nested 101 deep");
  }

  @Test
  void aListInsideItselfIsNoAttribute() {
    List<Object> list = new ArrayList<>();
    list.add(list);
    assertRefused(() -> study.setAttribute("round", list), "attribute 'round'", "nested");
  }

  @Test
  void whatIsNotRefusedCanBeReadAgainFromAJournal(@TempDir Path folder) {
    String metric = WHOLE + "m".repeat(512 - WHOLE.length());
    List<FrozenTrial> before;
    try (Storage storage = JournalStorage.open(folder.resolve("journal"))) {
      Study kept = Study.named(WHOLE).minimize("loss").storage(storage).create();
      Trial trial = kept.ask();
      trial.uniform(WHOLE, 0, 1);
      trial.report(metric, 3, 0.5);
      trial.setAttribute(WHOLE, nested(100));
      // Text may be cut anywhere: it is a value, which JSON can escape.
      trial.setAttribute("text", HALF);
      kept.tell(trial, 1);
      before = kept.trials();
    }
    try (Storage storage = JournalStorage.open(folder.resolve("journal"))) {
      Study kept = Study.named(WHOLE).minimize("loss").storage(storage).resume();
      assertThat(kept.trials()).isEqualTo(before);
      assertThat(kept.trial(0).attributes()).containsEntry("text", HALF);
    }
  }
}
