package org.hpo4j.jdbc;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.hpo4j.storage.StudyChange;

/** Ends of trials that are taken in already and written with the next commit. */
final class Staged {

  /** What is to be written. */
  final ChangeBatch batch;

  /** The tokens of the attempts that ended so, by trial id: no other attempt is ended by them. */
  final Map<Integer, Integer> tokens = new TreeMap<>();

  /** The same as it was said, to be noted should it come too late. */
  private final List<StudyChange> changes = new ArrayList<>();

  /**
   * Begins with nothing.
   *
   * @param batch an empty one, which grows
   */
  Staged(ChangeBatch batch) {
    this.batch = batch;
  }

  /** Adds what trials of these leases have ended with. */
  void add(ChangeBatch ends, List<StudyChange> said, Leases leases) {
    batch.add(ends);
    ends.states.keySet().forEach(id -> tokens.putIfAbsent(id, leases.token(id)));
    changes.addAll(said);
  }

  boolean hasEndOf(int trialId) {
    return batch.states.containsKey(trialId);
  }

  /** Takes out what came too late: notes it, and gives up the lease. */
  void refuse(int trialId, int number, Leases leases) {
    List<StudyChange> late = changes.stream().filter(change -> isOf(number, change)).toList();
    leases.refuse(trialId, tokens.getOrDefault(trialId, 0), late);
    batch.remove(trialId);
    tokens.remove(trialId);
    changes.removeAll(late);
  }

  private static boolean isOf(int number, StudyChange change) {
    return change instanceof StudyChange.OfRunningTrial own && own.number() == number;
  }
}
