package org.hpo4j.study;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ProgressLineTest {

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");

  private ProgressLine line(int total, boolean terminal) {
    return new ProgressLine(
        OptionalInt.of(total),
        new PrintStream(bytes, true, StandardCharsets.UTF_8),
        terminal,
        () -> now);
  }

  private void run(ProgressLine line, int trialCount, Duration each) {
    Study study = Study.named("demo").minimize("loss").seed(1).create();
    study.optimize(
        trial -> {
          now = now.plus(each);
          return 100 - trial.number();
        },
        RunOptions.trials(trialCount).withListener(line));
  }

  private String output() {
    return bytes.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
  }

  @Test
  void slowTrialsHaveAPlainLineEach() {
    run(line(3, false), 3, Duration.ofSeconds(30));

    assertThat(output())
        .isEqualTo(
            """
            1/3 done, best 100 (trial 0), 2.0 trials/min, about 1 min left
            2/3 done, best 99 (trial 1), 2.0 trials/min, about 30 s left
            3/3 done, best 98 (trial 2), 2.0 trials/min
            """);
  }

  @Test
  void fastTrialsHaveAPlainLineEveryTenSecondsAndOneAtTheEnd() {
    run(line(25, false), 25, Duration.ofSeconds(1));

    assertThat(output().lines().map(text -> text.substring(0, text.indexOf('/'))))
        .containsExactly("1", "11", "21", "25");
  }

  @Test
  void aTerminalShowsOneLine() {
    run(line(3, true), 3, Duration.ofSeconds(30));

    assertThat(output())
        .startsWith("\r1/3 done")
        .endsWith("3/3 done, best 98 (trial 2), 2.0 trials/min" + " ".repeat(17) + "\n");
    assertThat(output().chars().filter(c -> c == '\n')).hasSize(1);
  }

  @Test
  void aTerminalIsNotFloodedByFastTrials() {
    run(line(1000, true), 1000, Duration.ofMillis(1));

    assertThat(output().chars().filter(c -> c == '\r').count()).isBetween(9L, 12L);
  }

  @Test
  void anOpenEndIsShownOnClose() {
    ProgressLine line = line(10, true);
    run(line, 2, Duration.ofMillis(1));

    line.close();

    assertThat(output()).endsWith("2/10 done, best 99 (trial 1), 1000 trials/s, about 1 s left \n");
  }

  @Test
  void aResumedStudyCountsItsEarlierTrials() {
    Study study = Study.named("demo").minimize("loss").seed(1).create();
    study.optimize(trial -> trial.number(), RunOptions.trials(5));
    study.optimize(
        trial -> {
          now = now.plusSeconds(30);
          return trial.number();
        },
        RunOptions.trials(6).withListener(line(6, false)));

    assertThat(output()).isEqualTo("6/6 done, best 0 (trial 0), 2.0 trials/min\n");
  }

  @Test
  void aLineFitsTheTerminal() {
    Study study = Study.named("demo").minimize("loss").seed(1).create();
    study.optimize(
        trial -> {
          now = now.plusSeconds(1000);
          if (trial.number() > 0) {
            throw new org.hpo4j.trial.TrialPrunedException("pruned");
          }
          return -1.234e-300;
        },
        RunOptions.trials(1000).withListener(line(10000, true)));

    assertThat(output().split("\r", -1)).allMatch(text -> text.length() <= 79);
  }

  @Test
  void eachTrialIsCountedOnceWhenSeveralRunAtATime() {
    Study study = Study.named("demo").minimize("loss").seed(1).create();
    study.optimize(
        trial -> IntStream.range(0, 1000).asDoubleStream().sum(),
        RunOptions.trials(40).withParallelism(4).withListener(line(40, false)));

    assertThat(output().lines().reduce((first, second) -> second).orElseThrow())
        .startsWith("40/40 done");
  }
}
