package org.hpo4j.storage.optuna;

import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.hpo4j.space.CategoricalDomain;
import org.hpo4j.space.Configuration;
import org.hpo4j.space.OrdinalDomain;
import org.hpo4j.space.Parameter;
import org.hpo4j.storage.StudyChange;
import org.hpo4j.trial.Fidelity;
import org.hpo4j.trial.FrozenTrial;
import org.hpo4j.trial.Outcome;
import org.hpo4j.trial.Report;
import org.hpo4j.trial.TrialState;
import org.hpo4j.trial.TrialTable;
import org.jspecify.annotations.Nullable;

/**
 * Writes the changes of one commit in one of Optuna's formats. Made while the study is locked and
 * has been read to its end, so that what is decided here (numbers of new trials, who claims a
 * waiting one) is final.
 */
public final class ChangeWriter {

  private final OptunaStudy study;
  private final TrialTable table;
  private final RecordWriter writer;
  private final Set<String> defined = new HashSet<>();

  /** What trials become in this batch, before the table shows it. */
  private final Map<Integer, TrialState> states = new HashMap<>();

  private final Map<Integer, Integer> newTrialIds = new HashMap<>();
  private final Map<Integer, Map<Integer, Double>> newReports = new HashMap<>();
  private final Set<Integer> started = new LinkedHashSet<>();
  private int nextNumber;

  /** A writer for one commit to a study. */
  public ChangeWriter(OptunaStudy study, RecordWriter writer) {
    this.study = study;
    this.table = study.table();
    this.writer = writer;
    this.nextNumber = table.size();
  }

  /** The trials that begin to run here and still run at the end. */
  public Set<Integer> started() {
    return started;
  }

  /**
   * Adds the lines of a change.
   *
   * @return the number of the trial that it creates or claims, or -1
   */
  public int add(StudyChange change) {
    if (change instanceof StudyChange.StartTrial start) {
      return start(start);
    } else if (change instanceof StudyChange.EnqueueTrial enqueue) {
      return enqueue(enqueue);
    } else if (change instanceof StudyChange.ImportTrial imported) {
      return importTrial(imported.trial());
    } else if (change instanceof StudyChange.ClaimTrial claim) {
      return claim(claim);
    } else if (change instanceof StudyChange.RequeueTrial requeue) {
      requireRunning(requeue.number());
      requeue(requeue.number());
    } else if (change instanceof StudyChange.RecoverTrial recover) {
      return recover(recover);
    } else if (change instanceof StudyChange.SetParameter set) {
      requireUnfinished(set.number());
      if (!study.parameters().wasWidened(set.parameter(), set.code())) {
        define(set.parameter());
      }
      writer.parameter(
          id(set.number()),
          set.parameter().name(),
          internal(set.parameter(), set.code()),
          study.parameters().text(set.parameter()));
    } else if (change instanceof StudyChange.Report report) {
      report(report);
    } else if (change instanceof StudyChange.SetTrialAttribute set) {
      requireUnfinished(set.number());
      writer.trialAttribute(true, id(set.number()), set.key(), set.value());
    } else if (change instanceof StudyChange.SetTrialSystemAttribute set) {
      requireUnfinished(set.number());
      writer.trialAttribute(false, id(set.number()), set.key(), set.value());
    } else if (change instanceof StudyChange.FinishTrial finish) {
      finish(finish);
    } else if (change instanceof StudyChange.SetStudyAttribute set) {
      writer.studyAttribute(true, study.id(), set.key(), set.value());
    } else if (change instanceof StudyChange.SetStudySystemAttribute set) {
      writer.studyAttribute(false, study.id(), set.key(), set.value());
    } else if (change instanceof StudyChange.KeepStudySystemAttribute keep
        && !study.replica().systemAttributes().containsKey(keep.key())) {
      writer.firstStudyAttribute(study.id(), keep.key(), keep.value());
    }
    return -1;
  }

  // ---- New trials ----

  private int start(StudyChange.StartTrial start) {
    if (start.number() != nextNumber) {
      return -1;
    }
    Map<String, Object> system = new LinkedHashMap<>();
    // Where the space is declared, all readers take the values for the joint draw.
    boolean declared = study.replica().systemAttributes().containsKey(AttributeKeys.SPACE);
    if (!start.joint().equals(declared ? start.values() : Configuration.empty())) {
      system.put(AttributeKeys.JOINT, codes(start.joint()));
    }
    start.fidelity().ifPresent(f -> system.put(Fidelity.ATTRIBUTE, f.toAttribute()));
    return create(
        Optional.of(start.time()),
        template(TrialState.RUNNING, Optional.empty(), start.values(), Map.of(), system));
  }

  private int enqueue(StudyChange.EnqueueTrial enqueue) {
    Map<String, @Nullable Object> fixed = new LinkedHashMap<>();
    enqueue
        .fixed()
        .forEach((name, value) -> fixed.put(name, study.parameters().ofOptuna(name, value)));
    Map<String, Object> system = new LinkedHashMap<>();
    system.put(TrialTable.FIXED_PARAMETERS, fixed);
    system.put(TrialTable.ENQUEUED_HERE, true);
    return create(
        Optional.empty(),
        template(
            TrialState.WAITING,
            Optional.empty(),
            Configuration.empty(),
            enqueue.attributes(),
            system));
  }

  private int importTrial(FrozenTrial trial) {
    Outcome outcome = trial.outcome().orElseThrow();
    Map<String, Object> system = new LinkedHashMap<>();
    Map<String, Double> intermediate = new LinkedHashMap<>();
    trial
        .reports()
        .forEach(
            (metric, reports) -> {
              for (Report report : reports) {
                if (metric.equals(TrialTable.OBJECTIVE)) {
                  intermediate.put(Integer.toString(report.step()), report.value());
                } else {
                  system.put(AttributeKeys.report(report.step(), metric), report.value());
                }
              }
            });
    Optional<List<Double>> values = Optional.empty();
    if (outcome instanceof Outcome.Completed completed) {
      values = Optional.of(completed.values());
    } else if (outcome instanceof Outcome.Failed failed) {
      system.put(AttributeKeys.FAILURE, json(failed));
    } else {
      List<Report> reports = trial.reports(TrialTable.OBJECTIVE);
      values = prunedValues(reports.isEmpty() ? Double.NaN : last(reports));
    }
    trial.fidelity().ifPresent(f -> system.put(Fidelity.ATTRIBUTE, f.toAttribute()));
    if (!trial.constraints().isEmpty()) {
      system.put(TrialTable.CONSTRAINTS, trial.constraints());
    }
    TrialTemplate plain =
        template(outcome.state(), values, trial.configuration(), trial.attributes(), system);
    return create(
        trial.started(),
        new TrialTemplate(
            plain.state(),
            plain.values(),
            plain.parameters(),
            plain.distributions(),
            plain.userAttributes(),
            plain.systemAttributes(),
            intermediate,
            trial.ended()));
  }

  private static double last(List<Report> reports) {
    return reports.get(reports.size() - 1).value();
  }

  private TrialTemplate template(
      TrialState state,
      Optional<List<Double>> values,
      Configuration configuration,
      Map<String, Object> userAttributes,
      Map<String, Object> systemAttributes) {
    Map<String, Number> parameters = new LinkedHashMap<>();
    Map<String, String> distributions = new LinkedHashMap<>();
    for (int i = 0; i < configuration.size(); i++) {
      Parameter<?> parameter = configuration.parameters().get(i);
      define(parameter);
      parameters.put(parameter.name(), internal(parameter, configuration.code(i)));
      distributions.put(parameter.name(), study.parameters().text(parameter));
    }
    return new TrialTemplate(
        state,
        values,
        parameters,
        distributions,
        userAttributes,
        systemAttributes,
        Map.of(),
        Optional.empty());
  }

  private int create(Optional<Instant> start, TrialTemplate template) {
    int number = nextNumber++;
    states.put(number, template.state());
    if (template.state() == TrialState.RUNNING) {
      started.add(number);
    }
    newTrialIds.put(
        number, writer.createTrial(study.id(), number, table.directions().size(), start, template));
    return number;
  }

  // ---- Changes of trials ----

  private int claim(StudyChange.ClaimTrial claim) {
    int number = claim.number();
    if (state(number) != TrialState.WAITING) {
      return -1;
    }
    Configuration earlier =
        newTrialIds.containsKey(number) ? Configuration.empty() : table.joint(number);
    if (!claim.joint().equals(earlier)) {
      writer.trialAttribute(false, id(number), AttributeKeys.JOINT, codes(claim.joint()));
    }
    states.put(number, TrialState.RUNNING);
    started.add(number);
    writer.state(id(number), TrialState.RUNNING, Optional.empty(), Optional.of(claim.time()));
    return number;
  }

  private void requeue(int number) {
    states.put(number, TrialState.WAITING);
    started.remove(number);
    newReports.put(number, new LinkedHashMap<>());
    writer.state(id(number), TrialState.WAITING, Optional.empty(), Optional.empty());
  }

  private int recover(StudyChange.RecoverTrial recover) {
    int number = recover.number();
    if (state(number) != TrialState.RUNNING
        || !recover.owner().equals(study.owners().get(number))) {
      return -1;
    }
    recover
        .attributes()
        .forEach((key, value) -> writer.trialAttribute(false, id(number), key, value));
    if (recover.end().isPresent()) {
      finish(new StudyChange.FinishTrial(number, recover.end().get(), recover.time()));
    } else {
      requeue(number);
    }
    return number;
  }

  private void report(StudyChange.Report report) {
    requireUnfinished(report.number());
    int trialId = id(report.number());
    if (report.metric().equals(TrialTable.OBJECTIVE)) {
      newReports
          .computeIfAbsent(report.number(), this::reportsSoFar)
          .put(report.step(), report.value());
      writer.intermediateValue(trialId, report.step(), report.value());
    } else {
      writer.trialAttribute(
          false, trialId, AttributeKeys.report(report.step(), report.metric()), report.value());
    }
  }

  private Map<Integer, Double> reportsSoFar(int number) {
    Map<Integer, Double> reports = new LinkedHashMap<>();
    if (number < table.size()) {
      var series = table.reports(number, TrialTable.OBJECTIVE);
      if (series.size() > 0) {
        // Only the last one is ever asked for.
        int last = series.size() - 1;
        reports.put(series.step(last), series.value(last));
      }
    }
    return reports;
  }

  private void finish(StudyChange.FinishTrial finish) {
    int number = finish.number();
    requireUnfinished(number);
    Optional<List<Double>> values = Optional.empty();
    if (finish.outcome() instanceof Outcome.Completed completed) {
      values = Optional.of(completed.values());
    } else if (finish.outcome() instanceof Outcome.Failed failed) {
      writer.trialAttribute(false, id(number), AttributeKeys.FAILURE, json(failed));
    } else {
      Map<Integer, Double> reports = newReports.getOrDefault(number, reportsSoFar(number));
      values =
          prunedValues(
              reports.keySet().stream().max(Integer::compare).map(reports::get).orElse(Double.NaN));
    }
    states.put(number, finish.outcome().state());
    started.remove(number);
    writer.state(id(number), finish.outcome().state(), values, Optional.of(finish.time()));
  }

  /** As Optuna does, the last report stands for the value of a pruned trial. */
  private static Optional<List<Double>> prunedValues(double last) {
    return Double.isNaN(last) ? Optional.empty() : Optional.of(List.of(last));
  }

  private static Map<String, Object> json(Outcome.Failed failed) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("reason", failed.reason().name());
    json.put("message", failed.message());
    return json;
  }

  // ---- Parameters ----

  /** Makes sure that the name means this domain, and that the journal knows it. */
  private void define(Parameter<?> parameter) {
    table.define(parameter);
    String name = parameter.name();
    if (!study.parameters().contains(name) && defined.add(name)) {
      writer.firstStudyAttribute(
          study.id(), AttributeKeys.DOMAIN + name, DomainJson.write(parameter));
    }
  }

  private Map<String, Object> codes(Configuration configuration) {
    Map<String, Object> codes = new LinkedHashMap<>();
    for (int i = 0; i < configuration.size(); i++) {
      define(configuration.parameters().get(i));
      codes.put(configuration.parameters().get(i).name(), configuration.code(i));
    }
    return codes;
  }

  private static Number internal(Parameter<?> parameter, double code) {
    boolean index =
        parameter.domain() instanceof CategoricalDomain<?>
            || parameter.domain() instanceof OrdinalDomain<?>;
    if (index) {
      return (long) code;
    }
    return code;
  }

  // ---- States ----

  private TrialState state(int number) {
    TrialState changed = states.get(number);
    return changed == null ? table.state(number) : changed;
  }

  private int id(int number) {
    Integer created = newTrialIds.get(number);
    return created == null ? study.trialId(number) : created;
  }

  private void requireUnfinished(int number) {
    if (state(number).isFinished()) {
      throw new IllegalStateException("trial " + number + " has already ended as " + state(number));
    }
  }

  private void requireRunning(int number) {
    if (state(number) != TrialState.RUNNING) {
      throw new IllegalStateException("trial " + number + " is " + state(number) + ", not RUNNING");
    }
  }
}
