package org.hpo4j.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.hpo4j.storage.Jvm;
import org.hpo4j.storage.Storage;
import org.hpo4j.study.Objective;
import org.hpo4j.study.Study;
import org.hpo4j.trial.FrozenTrial;
import org.hpo4j.trial.Trial;
import org.hpo4j.trial.TrialState;
import org.hpo4j.worker.Worker;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The command of hpo-worker with a database that needs a password, as a process of its own. */
class WorkerCommandTest {

  private static final String URL = PostgresServer.newGuardedDatabase();

  private final Path errors;
  private final Path password;

  WorkerCommandTest(@TempDir Path folder) throws IOException {
    errors = folder.resolve("errors");
    password = Files.writeString(folder.resolve("password"), PostgresServer.PASSWORD + "\n");
  }

  /** Tells who it was. */
  static final class Plain implements Objective<RuntimeException> {

    /** For the worker. */
    public Plain() {}

    @Override
    public double evaluate(Trial trial) {
      trial.setAttribute("pid", ProcessHandle.current().pid());
      return trial.uniform("x", 0, 1);
    }
  }

  /** Never ends by itself. */
  static final class Endless implements Objective<InterruptedException> {

    /** For the worker. */
    public Endless() {}

    @Override
    @SuppressWarnings("SystemOut") // the way to the parent
    public double evaluate(Trial trial) throws InterruptedException {
      System.out.println(trial.number());
      TimeUnit.HOURS.sleep(1);
      return 0;
    }
  }

  private static JdbcStorage open() {
    return JdbcStorage.builder(URL).user("guarded").password(PostgresServer.PASSWORD).open();
  }

  private static Study study(Storage storage, String name) {
    return Study.named(name).minimize("loss").seed(7).storage(storage).createOrResume();
  }

  private static void create(String name) {
    try (Storage storage = open()) {
      study(storage, name);
    }
  }

  private static List<FrozenTrial> trials(String name) {
    try (Storage storage = open()) {
      return study(storage, name).trials();
    }
  }

  /** A worker for three trials. */
  private Process start(String study, Class<?> objective) throws IOException {
    List<String> command =
        new ArrayList<>(
            Jvm.command(
                List.of(),
                Worker.class,
                "--storage",
                URL,
                "--user",
                "guarded",
                "--password-file",
                password.toString(),
                "--study",
                study,
                "--objective",
                objective.getName(),
                "--trials",
                "3"));
    return new ProcessBuilder(command).redirectError(errors.toFile()).start();
  }

  @Test
  void aPasswordIsReadFromAFile() throws Exception {
    create("file");
    assertThat(start("file", Plain.class).waitFor()).isZero();
    assertThat(trials("file")).hasSize(3);
  }

  @Test
  void aWrongPasswordInAFileIsOneLineThatDoesNotShowIt() throws Exception {
    Files.writeString(password, "barley\n");
    assertThat(start("file", Plain.class).waitFor()).isEqualTo(2);
    assertThat(Files.readAllLines(errors))
        .singleElement()
        .asString()
        .startsWith("hpo-worker: --storage: ")
        .contains("password authentication failed")
        .doesNotContain("barley");
  }

  @Test
  @EnabledOnOs({OS.LINUX, OS.MAC})
  void theTrialOfAKilledWorkerIsFinishedByAnother() throws Exception {
    create("killed");
    Process doomed = start("killed", Endless.class);
    assertThat(doomed.inputReader().readLine()).isEqualTo("0");
    assertThat(doomed.destroyForcibly().waitFor()).isEqualTo(137);

    Process other = start("killed", Plain.class);
    assertThat(other.waitFor()).isZero();
    assertThat(trials("killed"))
        .hasSize(3)
        .allSatisfy(
            trial -> {
              assertThat(trial.state()).isEqualTo(TrialState.COMPLETE);
              assertThat(trial.attributes()).containsEntry("pid", other.pid());
            });
  }
}
