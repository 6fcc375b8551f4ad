package org.hpo4j.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hpo4j.contract.TestStudies.trials;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.hpo4j.contract.TestStudies;
import org.hpo4j.space.Configuration;
import org.hpo4j.space.Parameter;
import org.hpo4j.storage.StudyStorage;
import org.hpo4j.trial.FrozenTrial;
import org.hpo4j.trial.Outcome;
import org.hpo4j.trial.Report;
import org.hpo4j.trial.TrialState;
import org.hpo4j.trial.TrialTable;
import org.jspecify.annotations.Nullable;

/** What Optuna says of a study, and whether it is what the study is. */
public final class OptunaDump {

  /** The trial of {@link TestStudies#fill} that was given back after a report at step 0. */
  private static final int REQUEUED = 6;

  private OptunaDump() {}

  /** An entry that is a list. */
  public static List<?> list(Map<?, ?> map, String key) {
    return (List<?>) Objects.requireNonNull(map.get(key), key);
  }

  /** An entry that is a map. */
  public static Map<?, ?> map(Map<?, ?> map, String key) {
    return (Map<?, ?>) Objects.requireNonNull(map.get(key), key);
  }

  /** The trials of a study. */
  public static List<Map<?, ?>> trialsOf(Map<?, ?> dump) {
    List<Map<?, ?>> trials = new ArrayList<>();
    list(dump, "trials").forEach(trial -> trials.add((Map<?, ?>) trial));
    return trials;
  }

  /** Optuna's word for a state. */
  public static String state(TrialState state) {
    return state == TrialState.FAILED ? "FAIL" : state.name();
  }

  /** A time with its zone. */
  public static Optional<Instant> time(@Nullable Object text) {
    return Optional.ofNullable(text).map(t -> OffsetDateTime.parse((String) t).toInstant());
  }

  /** A value as JSON has it: integers are long, options that are no JSON values their labels. */
  private static Object plain(Parameter<?> parameter, Object value) {
    if (value instanceof Number number) {
      return rounded(number);
    }
    return value instanceof Boolean || value instanceof String
        ? value
        : parameter.domain().label(parameter.encode(value));
  }

  /** Optuna computes 3.2 + 92 * 0.8 and gets 76.80000000000001; here it is the multiple 76.8. */
  private static double rounded(Number number) {
    double value = number.doubleValue();
    return Double.isFinite(value)
        ? BigDecimal.valueOf(value).round(new MathContext(14)).doubleValue()
        : value;
  }

  private static Map<String, Object> plain(Configuration configuration) {
    Map<String, Object> plain = new LinkedHashMap<>();
    configuration
        .parameters()
        .forEach(
            p -> {
              // Options under labels of the user's own go by these.
              boolean labelled = p.name().equals("labelled");
              Object value = labelled ? "thousand" : configuration.get(p.name());
              plain.put(p.name(), plain(p, value));
            });
    return plain;
  }

  private static Map<String, Object> numbersAsDoubles(Map<?, ?> values) {
    Map<String, Object> result = new LinkedHashMap<>();
    values.forEach(
        (name, value) ->
            result.put((String) name, value instanceof Number n ? (Object) rounded(n) : value));
    return result;
  }

  /** Fails unless Optuna sees the trials that the study has. */
  public static void requireEqual(StudyStorage study, Map<?, ?> dump) {
    List<FrozenTrial> ours = trials(study);
    List<Map<?, ?>> theirs = trialsOf(dump);
    assertThat(theirs).hasSameSizeAs(ours);
    for (int number = 0; number < ours.size(); number++) {
      FrozenTrial our = ours.get(number);
      Map<?, ?> their = theirs.get(number);
      assertThat(their.get("state")).as("state of %d", number).isEqualTo(state(our.state()));
      List<Double> values =
          our.outcome().isPresent() && our.outcome().get() instanceof Outcome.Completed completed
              ? completed.values()
              : null;
      if (our.state() == TrialState.PRUNED) {
        values = List.of(study.table().value(number, 0));
      }
      assertThat(their.get("values")).as("values of %d", number).isEqualTo(values);
      assertThat(numbersAsDoubles(map(their, "params")))
          .as("parameters of %d", number)
          .isEqualTo(plain(our.configuration()));
      Map<String, Object> reports = new LinkedHashMap<>();
      for (Report report : our.reports(TrialTable.OBJECTIVE)) {
        reports.put(Integer.toString(report.step()), rounded(report.value()));
      }
      assertThat(numbersAsDoubles(map(their, "intermediate_values")))
          .as("reports of %d", number)
          .containsAllEntriesOf(reports);
      // Optuna has no way to forget the reports of a trial that was given back to the queue.
      if (number != REQUEUED) {
        assertThat(map(their, "intermediate_values")).hasSameSizeAs(reports);
      }
      assertThat(map(their, "user_attrs")).isEqualTo(our.attributes());
      assertThat(time(their.get("started"))).isEqualTo(our.started());
      assertThat(time(their.get("ended"))).isEqualTo(our.ended());
    }
  }
}
