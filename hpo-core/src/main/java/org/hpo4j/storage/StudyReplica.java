package org.hpo4j.storage;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hpo4j.space.Configuration;
import org.hpo4j.trial.Direction;
import org.hpo4j.trial.Fidelity;
import org.hpo4j.trial.FrozenTrial;
import org.hpo4j.trial.TrialState;
import org.hpo4j.trial.TrialTable;

/** A study in memory, kept in step by applying changes in the order in which they happened. */
public final class StudyReplica {

  private final TrialTable table;
  private final Map<String, Object> attributes = new LinkedHashMap<>();
  private final Map<String, Object> systemAttributes = new LinkedHashMap<>();

  /** A study without trials. */
  public StudyReplica(List<Direction> directions) {
    table = new TrialTable(directions);
  }

  /** Its trials. */
  public TrialTable table() {
    return table;
  }

  /** The user's attributes of the study. */
  public Map<String, Object> attributes() {
    return Collections.unmodifiableMap(attributes);
  }

  /** The attributes of libraries. */
  public Map<String, Object> systemAttributes() {
    return Collections.unmodifiableMap(systemAttributes);
  }

  /**
   * Applies a change.
   *
   * @return the number of the trial that it created or claimed, or -1
   * @throws IllegalStateException if the change is for a trial that has ended
   */
  public int apply(StudyChange change) {
    if (change instanceof StudyChange.StartTrial start) {
      if (start.number() != table.size()) {
        return -1;
      }
      int number = table.add();
      setAll(number, start.values());
      table.setJoint(number, start.joint());
      start.fidelity().ifPresent(f -> setFidelity(number, f));
      table.setState(number, TrialState.RUNNING, Optional.of(start.time()));
      return number;
    } else if (change instanceof StudyChange.EnqueueTrial enqueue) {
      int number = table.add();
      table.setSystemAttribute(number, TrialTable.FIXED_PARAMETERS, enqueue.fixed());
      table.setSystemAttribute(number, TrialTable.ENQUEUED_HERE, true);
      enqueue.attributes().forEach((key, value) -> table.setAttribute(number, key, value));
      return number;
    } else if (change instanceof StudyChange.ImportTrial imported) {
      return importTrial(imported.trial());
    } else if (change instanceof StudyChange.ClaimTrial claim) {
      if (table.state(claim.number()) != TrialState.WAITING) {
        return -1;
      }
      table.setJoint(claim.number(), claim.joint());
      table.setState(claim.number(), TrialState.RUNNING, Optional.of(claim.time()));
      return claim.number();
    } else if (change instanceof StudyChange.RequeueTrial requeue) {
      requireRunning(requeue.number());
      table.setState(requeue.number(), TrialState.WAITING, Optional.empty());
      // The next worker starts from the beginning.
      table.clearMeasured(requeue.number());
    } else if (change instanceof StudyChange.RecoverTrial recover) {
      return recover(recover);
    } else if (change instanceof StudyChange.SetParameter set) {
      requireUnfinished(set.number());
      table.set(set.number(), set.parameter(), set.code());
    } else if (change instanceof StudyChange.Report report) {
      requireUnfinished(report.number());
      table.report(report.number(), report.metric(), report.step(), report.value());
    } else if (change instanceof StudyChange.SetTrialAttribute set) {
      requireUnfinished(set.number());
      table.setAttribute(set.number(), set.key(), set.value());
    } else if (change instanceof StudyChange.SetTrialSystemAttribute set) {
      requireUnfinished(set.number());
      table.setSystemAttribute(set.number(), set.key(), set.value());
    } else if (change instanceof StudyChange.FinishTrial finish) {
      requireUnfinished(finish.number());
      table.finish(finish.number(), finish.outcome(), Optional.of(finish.time()));
    } else if (change instanceof StudyChange.SetStudyAttribute set) {
      attributes.put(set.key(), set.value());
    } else if (change instanceof StudyChange.SetStudySystemAttribute set) {
      systemAttributes.put(set.key(), set.value());
    } else if (change instanceof StudyChange.KeepStudySystemAttribute keep) {
      systemAttributes.putIfAbsent(keep.key(), keep.value());
    }
    return -1;
  }

  /** Forgets a user's attribute of the study, if it has that. */
  public void removeAttribute(String key) {
    attributes.remove(key);
  }

  /** Forgets a library's attribute of the study, if it has that. */
  public void removeSystemAttribute(String key) {
    systemAttributes.remove(key);
  }

  private int recover(StudyChange.RecoverTrial recover) {
    int number = recover.number();
    if (table.state(number) != TrialState.RUNNING) {
      return -1;
    }
    recover.attributes().forEach((key, value) -> table.setSystemAttribute(number, key, value));
    if (recover.end().isPresent()) {
      table.finish(number, recover.end().get(), Optional.of(recover.time()));
    } else {
      table.setState(number, TrialState.WAITING, Optional.empty());
      table.clearMeasured(number);
    }
    return number;
  }

  private int importTrial(FrozenTrial trial) {
    int number = table.add();
    setAll(number, trial.configuration());
    trial
        .reports()
        .forEach(
            (metric, reports) ->
                reports.forEach(r -> table.report(number, metric, r.step(), r.value())));
    trial.attributes().forEach((key, value) -> table.setAttribute(number, key, value));
    trial.fidelity().ifPresent(f -> setFidelity(number, f));
    if (!trial.constraints().isEmpty()) {
      table.setSystemAttribute(number, TrialTable.CONSTRAINTS, trial.constraints());
    }
    table.setState(number, TrialState.RUNNING, trial.started());
    table.finish(number, trial.outcome().orElseThrow(), trial.ended());
    return number;
  }

  private void setFidelity(int number, Fidelity fidelity) {
    table.setSystemAttribute(number, Fidelity.ATTRIBUTE, fidelity.toAttribute());
  }

  private void setAll(int number, Configuration values) {
    for (int i = 0; i < values.size(); i++) {
      table.set(number, values.parameters().get(i), values.code(i));
    }
  }

  private void requireUnfinished(int number) {
    if (table.state(number).isFinished()) {
      throw new IllegalStateException(
          "trial " + number + " has already ended as " + table.state(number));
    }
  }

  private void requireRunning(int number) {
    if (table.state(number) != TrialState.RUNNING) {
      throw new IllegalStateException(
          "trial " + number + " is " + table.state(number) + ", not RUNNING");
    }
  }
}
