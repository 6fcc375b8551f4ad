package org.hpo4j.fork;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.hpo4j.trial.FailureReason;
import org.hpo4j.trial.TrialFailedException;
import org.hpo4j.trial.TrialPrunedException;

/** The last message of a trial's process: what its objective returned or threw. */
final class Ending {

  /** The field that tells it from the calls before. */
  static final String KIND = "end";

  private static final String VALUES = "values";
  private static final String STUDY_ERROR = "study error";
  private static final String PRUNED = "pruned";
  private static final String FAILED = "failed";
  private static final String OUT_OF_MEMORY = "out of memory";
  private static final String THROWN = "thrown";

  private Ending() {}

  // ---- In the trial's process ----

  static Map<String, Object> of(double[] values) {
    List<Double> list = Arrays.stream(values).boxed().toList();
    return Map.of(KIND, VALUES, VALUES, list);
  }

  /**
   * @param studyError the number of the call's answer, if the study threw it
   */
  static Map<String, Object> of(Throwable thrown, OptionalInt studyError) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("message", Failures.messageOf(thrown));
    fields.put("text", thrown.toString());
    fields.put("class", thrown.getClass().getName());
    fields.put("stack", Failures.stackText(thrown));
    if (studyError.isPresent()) {
      fields.put(KIND, STUDY_ERROR);
      fields.put("number", studyError.getAsInt());
    } else if (thrown instanceof TrialPrunedException) {
      fields.put(KIND, PRUNED);
    } else if (thrown instanceof TrialFailedException failed) {
      fields.put(KIND, FAILED);
      fields.put("reason", failed.reason().name());
    } else {
      fields.put(KIND, thrown instanceof OutOfMemoryError ? OUT_OF_MEMORY : THROWN);
    }
    return fields;
  }

  // ---- In the study's process ----

  /** Returns what the objective returned, or throws what it threw. */
  static double[] conclude(Message end, TrialServer server, String trial, String output) {
    String kind = end.text(KIND);
    if (kind.equals(VALUES)) {
      return end.list(VALUES).stream().mapToDouble(v -> ((Number) v).doubleValue()).toArray();
    }
    throw switch (kind) {
      case STUDY_ERROR -> server.thrown(end.integer("number"));
      case PRUNED -> new TrialPrunedException(end.text("message"));
      case FAILED ->
          new TrialFailedException(
              Failures.reason(end), end.text("message"), remote(end, trial, output));
      case OUT_OF_MEMORY ->
          new TrialFailedException(
              FailureReason.OUT_OF_MEMORY,
              trial + " ran out of memory: " + end.text("text") + "; " + output,
              remote(end, trial, output));
      default -> remote(end, trial, output);
    };
  }

  private static ForkedTrialException remote(Message end, String trial, String output) {
    return new ForkedTrialException(
        trial + " threw " + end.text("text") + "; " + output, end.text("class"), end.text("stack"));
  }
}
