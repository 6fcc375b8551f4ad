package org.hpo4j.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.LIST;
import static org.hpo4j.space.Parameters.choice;
import static org.hpo4j.space.Parameters.integer;
import static org.hpo4j.space.Parameters.uniform;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.hpo4j.json.Json;
import org.hpo4j.space.Configuration;
import org.hpo4j.space.Parameter;
import org.hpo4j.trial.Direction;
import org.hpo4j.trial.FailureReason;
import org.hpo4j.trial.FrozenTrial;
import org.hpo4j.trial.Outcome;
import org.hpo4j.trial.Report;
import org.hpo4j.trial.TrialState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StudyExportTest {

  private static final Parameter<Double> X = uniform("x", -1, 1);
  private static final Parameter<Integer> N = integer("n", 1, 9);
  private static final Parameter<String> KIND = choice("kind", "=a", "b");

  private static Configuration configuration(double x) {
    return Configuration.builder().set(X, x).set(KIND, "=a").build();
  }

  private static StudyExport export(TrialFixtures trials) {
    return new StudyExport(trials.snapshot(Direction.MINIMIZE));
  }

  private static TrialFixtures example() {
    return new TrialFixtures()
        .complete(0.25, configuration(-0.5))
        .with(
            Map.of("", List.of(new Report(0, 0.5), new Report(3, Double.NaN))),
            Map.of("note", "a, b", "sizes", List.of(1, 2.5)))
        .failed(FailureReason.TIMEOUT, "late by 3 s", Configuration.builder().set(N, 7).build())
        .pruned(configuration(1))
        .with(Map.of("", List.of(new Report(0, 4.0), new Report(1, 3.5))), Map.of())
        .running(configuration(0));
  }

  @Test
  void csvHasARowATrial() {
    StringBuilder out = new StringBuilder();

    export(example()).csv(out);

    assertThat(out.toString().split("\r\n", -1))
        .containsExactly(
            "number,state,value,started,ended,duration_s,params_x,params_kind,params_n,"
                + "user_attrs_note,user_attrs_sizes,failure_reason,failure_message",
            "0,COMPLETE,0.25,2026-01-02T03:04:05.250Z,2026-01-02T03:04:06.750Z,1.5,-0.5,'=a,,"
                + "\"a, b\",\"[1,2.5]\",,",
            "1,FAILED,,2026-01-02T03:04:05.250Z,2026-01-02T03:04:06.750Z,1.5,,,7,,,"
                + "TIMEOUT,late by 3 s",
            "2,PRUNED,3.5,2026-01-02T03:04:05.250Z,2026-01-02T03:04:06.750Z,1.5,1.0,'=a,,,,,",
            "3,RUNNING,,2026-01-02T03:04:05.250Z,,,0.0,'=a,,,,,",
            "");
  }

  @Test
  void jsonHasEverythingAndParses() {
    String json = export(example()).json();

    assertThat(json).contains("{\n  \"name\": \"demo\",\n  \"metric\": \"loss\"");
    Map<?, ?> root = (Map<?, ?>) Json.parse(json).orElseThrow();
    assertThat(root.get("seed")).isEqualTo(42L);
    assertThat((Map<?, ?>) root.get("parameters")).hasSize(3);
    assertThat(root.get("trials")).asInstanceOf(LIST).hasSize(4);
    List<?> trials = (List<?>) Objects.requireNonNull(root.get("trials"));
    Map<?, ?> trial = (Map<?, ?>) trials.get(0);
    assertThat(trial.get("value")).isEqualTo(0.25);
    assertThat(trial.get("params")).isEqualTo(Map.of("x", -0.5, "kind", "=a"));
    assertThat(trial.get("reports"))
        .isEqualTo(Map.of("loss", List.of(List.of(0L, 0.5), List.of(3L, "NaN"))));
    assertThat(trial.get("attributes"))
        .isEqualTo(Map.of("note", "a, b", "sizes", List.of(1L, 2.5)));
  }

  @Test
  void canonicalJsonIsALineATrial() {
    assertThat(export(example()).canonicalJson())
        .isEqualTo(
            """
            {"metric":"loss","direction":"MINIMIZE","seed":42}
            {"number":0,"state":"COMPLETE","value":0.25,"params":{"kind":"=a","x":-0.5},\
            "reports":{"loss":[[0,0.5],[3,"NaN"]]},"attributes":{"note":"a, b","sizes":[1,2.5]}}
            {"number":1,"state":"FAILED","params":{"n":7},"reports":{},"attributes":{},\
            "failure":"TIMEOUT"}
            {"number":2,"state":"PRUNED","value":3.5,"params":{"kind":"=a","x":1.0},\
            "reports":{"loss":[[0,4.0],[1,3.5]]},"attributes":{}}
            {"number":3,"state":"RUNNING","params":{"kind":"=a","x":0.0},\
            "reports":{},"attributes":{}}
            """);
  }

  @Test
  void canonicalJsonIgnoresTimesMessagesNamesAndOrders() {
    assertThat(variant("one", 1, "after 1 s", true))
        .isEqualTo(variant("two", 2, "after 2 s", false));
  }

  private static String variant(String name, long time, String message, boolean inOrder) {
    Map<String, Object> attributes = new LinkedHashMap<>();
    attributes.put(inOrder ? "a" : "b", 1);
    attributes.put(inOrder ? "b" : "a", 1);
    Configuration configuration =
        inOrder
            ? Configuration.builder().set(X, 0.5).set(N, 2).build()
            : Configuration.builder().set(N, 2).set(X, 0.5).build();
    FrozenTrial trial =
        new FrozenTrial(
            0,
            TrialState.FAILED,
            configuration,
            Optional.of(Outcome.failed(FailureReason.TIMEOUT, message)),
            Map.of(),
            attributes,
            Optional.of(Instant.ofEpochSecond(time)),
            Optional.of(Instant.ofEpochSecond(2 * time)));
    return new StudyExport(
            new StudySnapshot(
                name,
                List.of(new Goal("loss", Direction.MINIMIZE)),
                1,
                inOrder ? List.of(X, N) : List.of(N, X),
                List.of(trial),
                Map.of()))
        .canonicalJson();
  }

  @Test
  void canonicalNumbersAreTheShortestOnEveryJdk() {
    // JDK 17's Double.toString gives 1.0259999999999999E22.
    String text =
        export(new TrialFixtures().complete(Double.parseDouble("1.026e22"), configuration(0)))
            .canonicalJson();

    assertThat(text).contains("\"value\":1.026E22,");
  }

  @Test
  void aFileIsReplacedAsAWhole(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("trials.csv");
    Files.writeString(file, "old");

    export(example()).csv(file);

    StringBuilder expected = new StringBuilder();
    export(example()).csv(expected);
    assertThat(file).hasContent(expected.toString().replace("\r\n", "\n"));
    assertThat(Files.readString(file)).isEqualTo(expected.toString());
    try (var files = Files.list(folder)) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void aFileThatCannotBeWrittenIsNamed(@TempDir Path folder) {
    Path file = folder.resolve("absent").resolve("trials.json");

    assertThatThrownBy(() -> export(example()).json(file))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("cannot write the export")
        .hasMessageContaining(file.toString())
        .hasMessageContaining("no such file");
  }
}
