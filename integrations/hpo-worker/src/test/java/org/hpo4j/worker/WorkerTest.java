package org.hpo4j.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.hpo4j.sampler.auto.AutoSampler;
import org.hpo4j.storage.Storage;
import org.hpo4j.storage.journal.JournalStorage;
import org.hpo4j.study.BaseStudy;
import org.hpo4j.study.MultiObjectiveStudy;
import org.hpo4j.study.Study;
import org.hpo4j.trial.Direction;
import org.hpo4j.trial.FrozenTrial;
import org.hpo4j.trial.Outcome;
import org.hpo4j.trial.TrialState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Workers are processes of their own. */
class WorkerTest {

  private final Path folder;
  private final Path journal;

  WorkerTest(@TempDir Path folder) {
    this.folder = folder;
    this.journal = folder.resolve("journal.log");
  }

  private Process start(String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-XX:TieredStopAtLevel=1");
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Worker.class.getName()));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).redirectError(folder.resolve("errors").toFile()).start();
  }

  private Process startOn(Class<?> objective, String... more) throws IOException {
    return start(
        Stream.concat(
                Stream.of(
                    "--storage",
                    journal.toString(),
                    "--study",
                    "s",
                    "--objective",
                    objective.getName()),
                Stream.of(more))
            .toArray(String[]::new));
  }

  private String errors() throws IOException {
    return Files.readString(folder.resolve("errors"));
  }

  private void createStudy() {
    try (Storage storage = JournalStorage.open(journal)) {
      Study.named("s").minimize("loss").seed(7).storage(storage).create();
    }
  }

  private List<FrozenTrial> trials() {
    try (Storage storage = JournalStorage.open(journal)) {
      return Study.named("s").minimize("loss").storage(storage).resume().trials();
    }
  }

  @Test
  void anOptionThatIsNotKnownIsNamedWithoutItsValue() throws Exception {
    Process worker =
        startOn(Objectives.Defining.class, "--trials", "1", "--password=sesame", "-psesame");
    assertThat(worker.waitFor()).isEqualTo(2);
    assertThat(errors()).contains("no such option: --password").doesNotContain("sesame");
  }

  @Test
  void workersThatShareAStudyFinishItWithoutALostOrDoubledTrial() throws Exception {
    List<Process> workers = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      workers.add(startOn(Objectives.Defining.class, "--trials", "60"));
    }
    for (Process worker : workers) {
      assertThat(worker.waitFor()).isZero();
    }
    try (Storage storage = JournalStorage.open(journal)) {
      BaseStudy study = new Objectives.Defining().open("s", storage);
      assertThat(study.trials())
          .hasSize(60)
          .extracting(FrozenTrial::state)
          .containsOnly(TrialState.COMPLETE);
    }
  }

  @Test
  void aDamagedJournalIsToldInOneLine() throws Exception {
    createStudy();
    Files.writeString(journal, Files.readString(journal) + "{\"op_code\": 77}\n");
    for (Class<?> objective : List.of(Objectives.Plain.class, Objectives.Defining.class)) {
      Process worker = startOn(objective, "--trials", "1");
      assertThat(worker.waitFor()).isEqualTo(2);
      assertThat(errors().lines())
          .singleElement()
          .asString()
          .startsWith("hpo-worker: --storage: journal " + journal + ", line ");
    }
  }

  @Test
  void aKeptStudyNeedsNoDefinition() throws Exception {
    createStudy();

    assertThat(startOn(Objectives.Plain.class, "--trials", "5", "--ordered", "1").waitFor())
        .isZero();
    assertThat(trials()).hasSize(5);
  }

  @Test
  void aKeptStudyWithSeveralObjectivesNeedsNoDefinition() throws Exception {
    try (Storage storage = JournalStorage.open(journal)) {
      MultiObjectiveStudy.named("s").minimize("loss").maximize("speed").storage(storage).create();
    }

    assertThat(startOn(Objectives.Twofold.class, "--trials", "5").waitFor()).isZero();
    try (Storage storage = JournalStorage.open(journal)) {
      assertThat(BaseStudy.reopen("s", storage, AutoSampler.ofDefaults()).trials())
          .hasSize(5)
          .allSatisfy(
              trial -> {
                double x = (Double) trial.configuration().get("x");
                assertThat(trial.outcome()).contains(new Outcome.Completed(List.of(x, 1 - x)));
              });
    }
  }

  @Test
  void workersShareAStudyWithSeveralObjectives() throws Exception {
    List<Process> workers = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      workers.add(startOn(Objectives.DefiningTwofold.class, "--trials", "20"));
    }
    for (Process worker : workers) {
      assertThat(worker.waitFor()).isZero();
    }
    try (Storage storage = JournalStorage.open(journal)) {
      MultiObjectiveStudy study = new Objectives.DefiningTwofold().open("s", storage);
      assertThat(study.directions()).containsExactly(Direction.MINIMIZE, Direction.MAXIMIZE);
      assertThat(study.trials())
          .hasSize(20)
          .extracting(FrozenTrial::state)
          .containsOnly(TrialState.COMPLETE);
    }
  }

  @Test
  void anObjectiveOfOneValueDoesNotSuitSeveralObjectives() throws Exception {
    try (Storage storage = JournalStorage.open(journal)) {
      MultiObjectiveStudy.named("s").minimize("loss").maximize("speed").storage(storage).create();
    }

    assertThat(startOn(Objectives.Plain.class, "--trials", "1").waitFor()).isEqualTo(2);
    assertThat(errors())
        .contains("has the objectives [loss, speed]")
        .contains("several a MultiObjective");
  }

  @Test
  @EnabledOnOs({OS.LINUX, OS.MAC})
  void theTrialOfAKilledWorkerIsFinishedByAnother() throws Exception {
    createStudy();
    Process doomed = startOn(Objectives.Endless.class, "--trials", "3");
    assertThat(doomed.inputReader().readLine()).isEqualTo("0");
    assertThat(doomed.destroyForcibly().waitFor()).isEqualTo(137);

    Process other = startOn(Objectives.Plain.class, "--trials", "3");
    assertThat(other.waitFor()).isZero();
    assertThat(trials())
        .hasSize(3)
        .allSatisfy(
            trial -> {
              assertThat(trial.state()).isEqualTo(TrialState.COMPLETE);
              assertThat(trial.attributes()).containsEntry("pid", other.pid());
            });
  }

  @Test
  @EnabledOnOs({OS.LINUX, OS.MAC})
  void aTerminatedWorkerGivesItsTrialBack() throws Exception {
    createStudy();
    Process worker = startOn(Objectives.Endless.class, "--trials", "5");
    assertThat(worker.inputReader().readLine()).isEqualTo("0");
    worker.destroy();

    assertThat(worker.waitFor()).isEqualTo(143);
    assertThat(trials()).extracting(FrozenTrial::state).containsExactly(TrialState.WAITING);
    assertThat(errors()).contains("trial 0 waits to run again");
  }

  @Test
  void anObjectiveThatThrowsIsAFailure() throws Exception {
    createStudy();

    assertThat(startOn(Objectives.Broken.class, "--trials", "5").waitFor()).isEqualTo(1);
    assertThat(errors()).contains("hpo-worker: broken");
    assertThat(trials()).extracting(FrozenTrial::state).containsExactly(TrialState.FAILED);
  }

  @Test
  void aWorkerWhoseObjectiveIsInterruptedIsNotDone() throws Exception {
    createStudy();

    assertThat(startOn(Objectives.Interrupted.class, "--trials", "5").waitFor()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --objective com.acme.Absent --trials 1      | there is no class com.acme.Absent
          --objective java.lang.Object --trials 1     | implements neither Objective nor MultiObjective
          --objective NEEDY --trials 1                | no public constructor without parameters
          --objective TWOFOLD --trials 1              | study 's' has the objectives [loss], which
          --objective PLAIN --trials 1 --study other  | journal.log; there are [s]; to have it made, let
          --objective PLAIN --trials 1 --sampler best | best
          --objective PLAIN --trials 1 --sampler tpe  | has the sampler auto
          --objective DEFINING --trials 1 --sampler tpe | is a StudyDefinition, which chooses the sampler
          --objective FORGETFUL --trials 1            | Forgetful returned null
          --objective PLAIN                           | say when to end
          --objective PLAIN --trials 1 --parallelism 0 | parallelism must be at least 1, got 0
          --objective PLAIN --trials x                | --trials
          --objective PLAIN --time-limit 8h           | Invalid value for option '--time-limit': a time must be written as in PT8H
          --objective PLAIN --trials 1 --storage jdbc:acme:pw=secret | kind 'jdbc:acme:...'
          --objective PLAIN --trials 1 --password-env secret-word    | --password-env must be the name of a variable
          --objective PLAIN --trials 1 --password-file absent/secret | cannot be read: NoSuchFileException
          --objective PLAIN --trials 1 --user ann:secret             | --user must be a name without a ':'
          """)
  void aWrongCommandIsOneLine(String arguments, String message) throws Exception {
    createStudy();
    Map<String, String> options = options(arguments);
    String[] command =
        options.entrySet().stream()
            .flatMap(option -> Stream.of(option.getKey(), option.getValue()))
            .toArray(String[]::new);

    assertThat(start(command).waitFor()).isEqualTo(2);
    assertThat(errors().lines().toList())
        .singleElement()
        .asString()
        .startsWith("hpo-worker: ")
        .contains(message)
        .doesNotContain("secret");
  }

  @Test
  void whatAnotherStudyOfTheNameHasIsToldInFull() throws Exception {
    try (Storage storage = JournalStorage.open(journal)) {
      Study.named("s").maximize("loss").storage(storage).create();
    }

    assertThat(startOn(Objectives.Defining.class, "--trials", "1").waitFor()).isEqualTo(2);
    assertThat(errors().lines())
        .containsExactly(
            "hpo-worker: study 's' in journal " + journal + " was started with another direction:",
            "  recorded: [MAXIMIZE]",
            "  given:    [MINIMIZE]",
            "Use the recorded one, or give the new study another name.");
  }

  /** Those of a right command, and these. */
  private Map<String, String> options(String arguments) {
    Map<String, String> options = new LinkedHashMap<>();
    options.put("--storage", journal.toString());
    options.put("--study", "s");
    String[] words =
        arguments
            .replace("NEEDY", Objectives.Needy.class.getName())
            .replace("DEFINING", Objectives.Defining.class.getName())
            .replace("FORGETFUL", Objectives.Forgetful.class.getName())
            .replace("TWOFOLD", Objectives.Twofold.class.getName())
            .replace("PLAIN", Objectives.Plain.class.getName())
            .split(" ", -1);
    for (int i = 0; i < words.length; i += 2) {
      options.put(words[i], words[i + 1]);
    }
    return options;
  }
}
