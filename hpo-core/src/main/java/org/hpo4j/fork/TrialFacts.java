package org.hpo4j.fork;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.hpo4j.space.Configuration;
import org.hpo4j.space.Parameter;
import org.hpo4j.storage.optuna.DomainJson;
import org.hpo4j.trial.Device;
import org.hpo4j.trial.Direction;
import org.hpo4j.trial.Explanation;
import org.hpo4j.trial.Fidelity;
import org.hpo4j.trial.Trial;

/**
 * The first message to a trial's process: what does not change while the trial runs.
 *
 * @param number the trial's number
 * @param directions whether low or high is better, for each objective
 * @param why what led to its values
 * @param fidelity how far to train
 * @param device what it has to itself
 * @param timeLeft how long it may run, by the trial's time limit and the wall time
 * @param configuration the values it has from the start
 */
record TrialFacts(
    int number,
    List<Direction> directions,
    Explanation why,
    Optional<Fidelity> fidelity,
    Optional<Device> device,
    Optional<Duration> timeLeft,
    Configuration configuration) {

  static TrialFacts of(Trial trial, Optional<Duration> wallTimeLeft) {
    Optional<Duration> timeLeft =
        trial
            .timeLeft()
            .map(own -> wallTimeLeft.filter(wall -> wall.compareTo(own) < 0).orElse(own))
            .or(() -> wallTimeLeft);
    return new TrialFacts(
        trial.number(),
        trial.directions(),
        trial.why(),
        trial.fidelity(),
        trial.device(),
        timeLeft,
        trial.configuration());
  }

  // ---- As a message ----

  Map<String, Object> toFields() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("number", number);
    fields.put("directions", directions.stream().map(Direction::name).toList());
    fields.put("why", write(why));
    fidelity.ifPresent(value -> fields.put("fidelity", value.toAttribute()));
    device.ifPresent(
        slot -> fields.put("device", Map.of("kind", slot.kind().name(), "name", slot.name())));
    timeLeft.ifPresent(left -> fields.put("millisLeft", left.toMillis()));
    fields.put("values", write(configuration));
    return fields;
  }

  static TrialFacts read(Message fields) {
    return new TrialFacts(
        fields.integer("number"),
        fields.list("directions").stream().map(d -> Direction.valueOf((String) d)).toList(),
        readWhy(fields.find("why").orElseThrow()),
        fields.find("fidelity").map(TrialFacts::readFidelity),
        fields
            .find("device")
            .map(slot -> new Device(Device.Kind.valueOf(slot.text("kind")), slot.text("name"))),
        fields.has("millisLeft")
            ? Optional.of(Duration.ofMillis((long) fields.number("millisLeft")))
            : Optional.empty(),
        readConfiguration(fields.list("values")));
  }

  private static Map<String, Object> write(Explanation why) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("sampler", why.sampler());
    fields.put("reason", why.reason());
    fields.put("scores", why.scores());
    fields.put("running", why.running());
    why.fallback().ifPresent(what -> fields.put("fallback", what));
    return fields;
  }

  private static Explanation readWhy(Message fields) {
    Explanation why =
        Explanation.of(fields.text("sampler"), fields.text("reason"))
            .withRunning(
                fields.list("running").stream().map(n -> ((Number) n).intValue()).toList());
    Message scores = fields.find("scores").orElseThrow();
    for (Object name : scores.fields().keySet()) {
      why = why.withScore(String.valueOf(name), scores.number(String.valueOf(name)));
    }
    Optional<String> fallback = fields.findText("fallback");
    return fallback.isPresent() ? why.withFallback(fallback.get()) : why;
  }

  private static Fidelity readFidelity(Message fields) {
    return new Fidelity(
        fields.integer("bracket"),
        fields.integer("round"),
        fields.integer("initial"),
        fields.integer("resource"),
        fields.has("parent") ? OptionalInt.of(fields.integer("parent")) : OptionalInt.empty());
  }

  private static List<Object> write(Configuration configuration) {
    List<Object> values = new ArrayList<>();
    for (int i = 0; i < configuration.size(); i++) {
      Parameter<?> parameter = configuration.parameters().get(i);
      values.add(
          Map.of(
              "name", parameter.name(),
              "domain", DomainJson.write(parameter),
              "code", configuration.code(i)));
    }
    return values;
  }

  private static Configuration readConfiguration(List<?> values) {
    Configuration.Builder configuration = Configuration.builder();
    for (Object value : values) {
      Message entry = new Message((Map<?, ?>) value);
      configuration.put(
          DomainJson.read(entry.text("name"), entry.value("domain")), entry.number("code"));
    }
    return configuration.build();
  }
}
