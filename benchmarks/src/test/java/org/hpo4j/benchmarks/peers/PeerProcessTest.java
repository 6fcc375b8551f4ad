package org.hpo4j.benchmarks.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.hpo4j.benchmarks.peers.PeerProcess.Answer;
import org.hpo4j.benchmarks.problems.Problems;
import org.hpo4j.space.Constraint;
import org.hpo4j.space.SearchSpace;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against a process in Java that speaks the part of {@code peer.py}. */
class PeerProcessTest {

  private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");
  private static final Path FAKE = Path.of("src", "test", "resources", "FakePeer.java");
  private static final SearchSpace SPACE = Problems.named("noisyint").space();

  private final List<PeerProcess> processes = new ArrayList<>();

  @BeforeEach
  void start() throws IOException {
    processes.add(PeerProcess.start(JAVA, FAKE));
  }

  @AfterEach
  void close() throws IOException {
    for (PeerProcess process : processes) {
      process.close();
    }
  }

  @Test
  void everyQuestionIsAnsweredInTurn() throws IOException, PeerException {
    List<String> questions = new ArrayList<>();
    run(
        "asks",
        (trial, values, epoch) -> {
          questions.add(trial + " " + values + " " + epoch);
          return new Answer(trial + 0.5, trial == 1);
        });
    assertThat(questions)
        .containsExactly(
            "0 {filters=57} 0",
            "1 {filters=60} 3",
            "2 {first={value=0.5, stop=false}, second={value=1.5, stop=true}} 0");
  }

  @Test
  void aFailureOfTheLibraryIsToldInItsWords() {
    assertThatThrownBy(() -> run("breaks", (trial, values, epoch) -> new Answer(0, false)))
        .isInstanceOf(PeerException.class)
        .hasMessage("breaks: ValueError: broken");
  }

  @Test
  void afterAFailureAnotherStudyCanBeRun() throws IOException, PeerException {
    assertThatThrownBy(() -> run("breaks", (trial, values, epoch) -> new Answer(0, false)))
        .isInstanceOf(PeerException.class);
    List<Integer> trials = new ArrayList<>();
    run(
        "asks",
        (trial, values, epoch) -> {
          trials.add(trial);
          return new Answer(0, false);
        });
    assertThat(trials).containsExactly(0, 1, 2);
  }

  @Test
  void aLostProcessIsAnError() {
    assertThatThrownBy(() -> run("vanishes", (trial, values, epoch) -> new Answer(0, false)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("the process of vanishes ended in a study");
  }

  @Test
  void aSpaceWithConstraintsIsRefused() {
    SearchSpace constrained = SPACE.where(Constraint.that("none", configuration -> true));
    assertThatThrownBy(() -> new PeerStudy("asks", constrained, 1, 3, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("constraints");
  }

  private void run(String sampler, PeerProcess.Evaluation evaluation)
      throws IOException, PeerException {
    processes.get(0).run(new PeerStudy(sampler, SPACE, 1, 3, 0), evaluation);
  }
}
