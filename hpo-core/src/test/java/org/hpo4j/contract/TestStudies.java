package org.hpo4j.contract;

import static org.hpo4j.space.Parameters.bool;
import static org.hpo4j.space.Parameters.choice;
import static org.hpo4j.space.Parameters.fixed;
import static org.hpo4j.space.Parameters.integer;
import static org.hpo4j.space.Parameters.logInteger;
import static org.hpo4j.space.Parameters.logNormal;
import static org.hpo4j.space.Parameters.logUniform;
import static org.hpo4j.space.Parameters.normal;
import static org.hpo4j.space.Parameters.ordinal;
import static org.hpo4j.space.Parameters.qlogNormal;
import static org.hpo4j.space.Parameters.qlogUniform;
import static org.hpo4j.space.Parameters.qnormal;
import static org.hpo4j.space.Parameters.quniform;
import static org.hpo4j.space.Parameters.uniform;
import static org.hpo4j.space.Parameters.weightedChoice;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hpo4j.space.Configuration;
import org.hpo4j.space.Parameter;
import org.hpo4j.storage.Durability;
import org.hpo4j.storage.Storage;
import org.hpo4j.storage.StudyChange;
import org.hpo4j.storage.StudyStorage;
import org.hpo4j.trial.Direction;
import org.hpo4j.trial.FailureReason;
import org.hpo4j.trial.FrozenTrial;
import org.hpo4j.trial.Outcome;
import org.hpo4j.trial.Report;
import org.hpo4j.trial.TrialState;
import org.hpo4j.trial.TrialTable;

/** Changes and studies that several tests use. */
public final class TestStudies {

  public static final Instant START = Instant.parse("2026-11-22T12:00:00.123456Z");
  public static final Parameter<Double> X = uniform("x", 0, 1);

  /** An option that is no JSON value. */
  public enum Activation {
    RELU,
    TANH
  }

  /** One parameter of every domain. */
  public static final List<Parameter<?>> ALL_DOMAINS =
      List.of(
          X,
          logUniform("logUniform", 1e-5, 1e-1),
          quniform("channels", 3, 120, 0.8),
          qlogUniform("qlogUniform", 0.5, 8, 0.5),
          normal("normal", -1, 2),
          qnormal("qnormal", 0, 3, 0.25),
          logNormal("logNormal", 0, 1),
          qlogNormal("qlogNormal", 0, 1, 0.1),
          integer("integer", 2, 11, 3),
          logInteger("logInteger", 1, 1000),
          bool("bool"),
          choice("text", "mish", "\u00eblu \ud83d\ude00", "a\"b\\c\n"),
          choice("enum", Activation.RELU, Activation.TANH),
          choice("labelled", new LinkedHashMap<>(Map.of("thousand", 1000))),
          choice("mixed", List.of(16, 2.5, "s", true)),
          weightedChoice("weighted", List.of(32, 64, 128), 0.2, 0.5, 0.3),
          ordinal("ordinal", "small", "medium", "large"),
          fixed("fixed", 3.5));

  private TestStudies() {}

  /** A new study named "study" that minimizes. */
  public static StudyStorage newStudy(Storage storage) {
    return storage.create("study", List.of(Direction.MINIMIZE));
  }

  /** The study that {@link #newStudy} has made. */
  public static StudyStorage openStudy(Storage storage) {
    return storage.find("study").orElseThrow();
  }

  /** Commits durably and returns the numbers of started trials. */
  public static int[] commit(StudyStorage study, StudyChange... changes) {
    return study.commit(List.of(changes), Durability.DURABLE);
  }

  public static StudyChange.StartTrial start(int number, Configuration values) {
    return new StudyChange.StartTrial(
        number, values, values, Optional.empty(), START.plusSeconds(number));
  }

  public static StudyChange.FinishTrial finish(int number, Outcome outcome) {
    return new StudyChange.FinishTrial(
        number, outcome, START.plusSeconds(number).plus(Duration.ofMillis(1500)));
  }

  public static Configuration x(double value) {
    return Configuration.builder().put(X, value).build();
  }

  /** Values of all domains at a place of unit space. */
  public static Configuration all(double u) {
    Configuration.Builder builder = Configuration.builder();
    ALL_DOMAINS.forEach(p -> builder.put(p, p.domain().fromUnit(u)));
    return builder.build();
  }

  /** Does everything to a study that can be done to one; leaves 9 trials in all states. */
  public static void fill(StudyStorage study) {
    study.commit(
        List.of(
            new StudyChange.SetStudySystemAttribute("study:metric_names", List.of("loss")),
            new StudyChange.SetStudyAttribute("note", "by \u00eb"),
            new StudyChange.SetStudyAttribute(
                "nested", Map.of("list", List.of(1L, 2.5, "s", false)))),
        Durability.DURABLE);
    // 0: every domain at once, reports, attributes, complete.
    study.commit(List.of(start(0, all(0.3))), Durability.VISIBLE);
    study.commit(
        List.of(
            new StudyChange.Report(0, TrialTable.OBJECTIVE, 1, 0.9),
            new StudyChange.Report(0, TrialTable.OBJECTIVE, 2, Double.NaN),
            new StudyChange.Report(0, TrialTable.OBJECTIVE, 3, Double.NEGATIVE_INFINITY),
            new StudyChange.Report(0, "f1: macro", 1, 0.25)),
        Durability.VISIBLE);
    study.commit(
        List.of(
            new StudyChange.SetTrialAttribute(0, "seconds", 1.5),
            new StudyChange.SetTrialSystemAttribute(0, "hpo4j:attempts", 2L),
            finish(0, Outcome.completed(0.125))),
        Durability.DURABLE);
    // 1: later values one by one, pruned.
    study.commit(
        List.of(
            new StudyChange.StartTrial(1, Configuration.empty(), x(0.5), Optional.empty(), START)),
        Durability.VISIBLE);
    Configuration later = all(0.9);
    List<StudyChange> values = new ArrayList<>();
    for (int i = 0; i < later.size(); i++) {
      values.add(new StudyChange.SetParameter(1, later.parameters().get(i), later.code(i)));
    }
    study.commit(values, Durability.VISIBLE);
    study.commit(
        List.of(
            new StudyChange.Report(1, TrialTable.OBJECTIVE, 5, 0.75),
            new StudyChange.Report(1, TrialTable.OBJECTIVE, 0, 0.5),
            finish(1, Outcome.pruned())),
        Durability.DURABLE);
    // 2: failed. 3: infinite.
    study.commit(List.of(start(2, x(0.25))), Durability.VISIBLE);
    study.commit(
        List.of(finish(2, Outcome.failed(FailureReason.OUT_OF_MEMORY, "no \"device\" memory"))),
        Durability.DURABLE);
    study.commit(
        List.of(start(3, x(0)), finish(3, Outcome.completed(Double.POSITIVE_INFINITY))),
        Durability.DURABLE);
    // 4: waits. 5: waited, runs. 6: waited, claimed, given back.
    Map<String, Object> attribute = Map.of("why", "seed");
    study.commit(
        List.of(
            new StudyChange.EnqueueTrial(Map.of("x", 0.75, "text", "mish"), attribute),
            new StudyChange.EnqueueTrial(Map.of("x", 0.5), Map.of()),
            new StudyChange.EnqueueTrial(Map.of("x", 0.5), Map.of())),
        Durability.DURABLE);
    study.commit(
        List.of(
            new StudyChange.ClaimTrial(5, x(0.5), START),
            new StudyChange.ClaimTrial(6, Configuration.empty(), START)),
        Durability.VISIBLE);
    study.commit(
        List.of(
            new StudyChange.SetParameter(5, X, 0.5),
            new StudyChange.Report(6, TrialTable.OBJECTIVE, 0, 1),
            new StudyChange.RequeueTrial(6)),
        Durability.DURABLE);
    // 7: runs. 8: imported.
    study.commit(List.of(start(7, x(1))), Durability.VISIBLE);
    study.commit(List.of(new StudyChange.ImportTrial(imported())), Durability.DURABLE);
  }

  public static FrozenTrial imported() {
    return new FrozenTrial(
        77,
        TrialState.COMPLETE,
        all(0.6),
        Optional.of(Outcome.completed(-3)),
        Map.of(
            TrialTable.OBJECTIVE,
            List.of(new Report(0, 1), new Report(10, Double.NaN)),
            "auc",
            List.of(new Report(0, 0.5))),
        Map.of("origin", "paper"),
        Optional.of(START),
        Optional.of(START.plusSeconds(60)));
  }

  /** All trials of a study, for comparison. */
  public static List<FrozenTrial> trials(StudyStorage study) {
    List<FrozenTrial> trials = new ArrayList<>();
    for (int number = 0; number < study.table().size(); number++) {
      trials.add(study.table().freeze(number));
    }
    return trials;
  }
}
