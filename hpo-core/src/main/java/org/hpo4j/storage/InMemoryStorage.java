package org.hpo4j.storage;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hpo4j.trial.Direction;
import org.hpo4j.trial.TrialTable;

/** Keeps studies in memory: there is nothing beside the replicas. */
final class InMemoryStorage implements Storage {

  private final Map<String, InMemoryStudy> studies = new LinkedHashMap<>();

  @Override
  public synchronized List<String> studyNames() {
    return new ArrayList<>(studies.keySet());
  }

  @Override
  public synchronized StudyStorage create(String name, List<Direction> directions) {
    if (studies.containsKey(name)) {
      throw new IllegalStateException("there is already a study named '" + name + "'");
    }
    InMemoryStudy study = new InMemoryStudy(name, new StudyReplica(directions));
    studies.put(name, study);
    return study;
  }

  @Override
  public synchronized Optional<StudyStorage> find(String name) {
    return Optional.ofNullable(studies.get(name));
  }

  @Override
  public Optional<Path> artifactFolder() {
    return Optional.empty();
  }

  @Override
  public void close() {
    // The studies go with this object.
  }

  @Override
  public String toString() {
    return "memory";
  }

  private record InMemoryStudy(String name, StudyReplica replica) implements StudyStorage {

    @Override
    public TrialTable table() {
      return replica.table();
    }

    @Override
    public Map<String, Object> attributes() {
      return replica.attributes();
    }

    @Override
    public Map<String, Object> systemAttributes() {
      return replica.systemAttributes();
    }

    @Override
    public void refresh() {
      // Nobody else can write.
    }

    @Override
    public int[] commit(List<StudyChange> changes, Durability durability) {
      int[] numbers = new int[changes.size()];
      for (int i = 0; i < numbers.length; i++) {
        numbers[i] = replica.apply(changes.get(i));
      }
      return numbers;
    }

    @Override
    public void stage(List<StudyChange> changes) {
      changes.forEach(replica::apply);
    }

    @Override
    public void sync() {
      // Nothing here survives the process.
    }

    @Override
    public List<LostTrial> lostTrials() {
      return List.of();
    }

    @Override
    public int runningElsewhere() {
      return 0;
    }
  }
}
