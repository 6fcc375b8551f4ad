package org.hpo4j.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hpo4j.space.Parameters.choice;
import static org.hpo4j.space.Parameters.integer;
import static org.hpo4j.space.Parameters.uniform;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.hpo4j.sampler.RandomSampler;
import org.hpo4j.space.Parameter;
import org.hpo4j.space.SearchSpace;
import org.hpo4j.storage.Storage;
import org.hpo4j.storage.journal.JournalStorage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Options that are enqueued by themselves, in each stage of what a study knows of them. */
class EnqueuedOptionsTest {

  private enum Optimizer {
    SGD,
    ADAM
  }

  private final Path journal;
  private int journals;

  EnqueuedOptionsTest(@TempDir Path folder) {
    journal = folder.resolve("journal");
  }

  static Stream<List<Object>> options() {
    return Stream.of(
        List.of(Optimizer.SGD, Optimizer.ADAM),
        List.of(10, 100),
        List.of(10L, 100L),
        List.of(0.5, 1.5),
        List.of(0.1f, 0.2f),
        List.of(new BigDecimal("1.5"), new BigDecimal("2.5")),
        List.of(false, true),
        List.of("a", "b"),
        List.of((short) 1, (short) 2));
  }

  private static Parameter<Object> labelled(List<Object> options) {
    Map<String, Object> byLabel = new LinkedHashMap<>();
    byLabel.put("first", options.get(0));
    byLabel.put("second", options.get(1));
    return choice("c", byLabel);
  }

  private void requireTaken(
      Storage storage, Parameter<?> parameter, Object option, boolean declared, boolean used) {
    StudyBuilder settings =
        Study.named("s").minimize("loss").sampler(RandomSampler.ofDefaults()).storage(storage);
    Study study = declared ? settings.space(SearchSpace.of(parameter)).create() : settings.create();
    List<Object> values = new ArrayList<>();
    Objective<RuntimeException> objective =
        trial -> {
          values.add(trial.suggest(parameter));
          return 1;
        };
    if (used) {
      study.optimize(objective, RunOptions.trials(1));
      values.clear();
    }
    study.enqueue(Map.of("c", option));
    study.optimize(objective, RunOptions.additionalTrials(1));
    assertThat(values).as("declared %s, used %s", declared, used).containsExactly(option);
  }

  private void requireTakenWherever(
      Parameter<?> parameter, List<Object> options, boolean[] declaredOrNot, boolean[] usedOrNot) {
    for (Object option : options) {
      for (boolean declared : declaredOrNot) {
        for (boolean used : usedOrNot) {
          try (Storage memory = Storage.inMemory()) {
            requireTaken(memory, parameter, option, declared, used);
          }
          try (Storage file = JournalStorage.open(Path.of(journal + "-" + journals++))) {
            requireTaken(file, parameter, option, declared, used);
          }
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("options")
  void areTaken(List<Object> options) {
    boolean[] both = {false, true};
    requireTakenWherever(choice("c", options), options, both, both);
  }

  @ParameterizedTest
  @MethodSource("options")
  void areTakenUnderAnotherLabelWhereTheDomainIsKnown(List<Object> options) {
    requireTakenWherever(
        labelled(options), options, new boolean[] {true}, new boolean[] {false, true});
    requireTakenWherever(labelled(options), options, new boolean[] {false}, new boolean[] {true});
  }

  /** What was read of a domain tells labels alone. */
  @ParameterizedTest
  @MethodSource("options")
  void areTakenInADeclaredSpaceThatIsOpenedAgain(List<Object> options) {
    Parameter<Object> parameter = labelled(options);
    StudyBuilder settings =
        Study.named("s").minimize("loss").space(SearchSpace.of(parameter)).seed(1);
    try (Storage file = JournalStorage.open(journal)) {
      settings
          .storage(file)
          .create()
          .optimize(trial -> trial.suggest(parameter).hashCode(), RunOptions.trials(1));
    }
    try (Storage file = JournalStorage.open(journal)) {
      Study study = settings.storage(file).resume();
      List<Object> values = new ArrayList<>();
      options.forEach(option -> study.enqueue(Map.of("c", option)));
      study.optimize(
          trial -> {
            values.add(trial.suggest(parameter));
            return 1;
          },
          RunOptions.additionalTrials(options.size()));
      assertThat(values).isEqualTo(options);
    }
  }

  /** The table of trials lists parameters as trials get them, whatever a map's order is. */
  @Test
  void doNotOrderTheParameters() {
    for (String first : List.of("a", "b")) {
      SearchSpace space = SearchSpace.of(choice("a", "x", "y"), choice("b", "x", "y"));
      Study study = Study.named("s").minimize("loss").space(space).create();
      Map<String, String> values = new LinkedHashMap<>();
      values.put(first, "y");
      values.put(first.equals("a") ? "b" : "a", "y");
      study.enqueue(values);
      study.optimize(trial -> 1, RunOptions.trials(1));
      assertThat(study.trial(0).configuration().toMap().keySet()).containsExactly("a", "b");
    }
  }

  static Stream<Number> numbersOfOtherTypes() {
    return Stream.of((short) 5, (byte) 5, new BigInteger("5"), new AtomicInteger(5), 5f, 5L);
  }

  @ParameterizedTest
  @MethodSource("numbersOfOtherTypes")
  void numbersOfARangeMayHaveAnyType(Number number) {
    for (boolean declared : new boolean[] {false, true}) {
      requireTaken(integer("c", 0, 100), number, 5, declared);
      requireTaken(uniform("c", 0, 100), number, 5.0, declared);
    }
  }

  @Test
  void floatsOfARangeThatIsNotKnownAreTakenByTheirDigits() {
    requireTaken(uniform("c", 0, 1), 0.1f, 0.1, false);
    requireTaken(uniform("c", 0.1f, 1), 0.1f, (double) 0.1f, true);
  }

  private void requireTaken(
      Parameter<?> parameter, Object enqueued, Object expected, boolean declared) {
    try (Storage memory = Storage.inMemory();
        Storage file = JournalStorage.open(Path.of(journal + "-" + journals++))) {
      requireTaken(memory, parameter, enqueued, expected, declared);
      requireTaken(file, parameter, enqueued, expected, declared);
    }
  }

  private static void requireTaken(
      Storage storage, Parameter<?> parameter, Object enqueued, Object expected, boolean declared) {
    StudyBuilder settings = Study.named("s").minimize("loss").storage(storage);
    Study study = declared ? settings.space(SearchSpace.of(parameter)).create() : settings.create();
    study.enqueue(Map.of("c", enqueued));
    List<Object> values = new ArrayList<>();
    study.optimize(
        trial -> {
          values.add(trial.suggest(parameter));
          return 1;
        },
        RunOptions.trials(1));
    assertThat(values).containsExactly(expected);
  }
}
