package org.hpo4j.study;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.hpo4j.storage.Durability;
import org.hpo4j.storage.LostTrial;
import org.hpo4j.storage.Storage;
import org.hpo4j.storage.StorageException;
import org.hpo4j.storage.StudyChange;
import org.hpo4j.storage.StudyStorage;
import org.hpo4j.storage.TrialLostException;
import org.hpo4j.trial.Direction;
import org.hpo4j.trial.TrialTable;

/**
 * Keeps studies in memory as if they were written somewhere: staged changes wait for the next
 * commit. It can refuse to write the ends of trials, and take trials away as another worker would.
 */
final class FaultyStorage implements Storage {

  private final Storage memory = Storage.inMemory();
  private final List<StudyChange> staged = new ArrayList<>();
  private final Set<Integer> taken = new TreeSet<>();
  private final List<StudyChange> written = new ArrayList<>();
  private int failures;
  private int syncs;

  /** A storage that refuses to record the end of a trial so many times. */
  static FaultyStorage failingToEnd(int times) {
    FaultyStorage storage = new FaultyStorage();
    storage.failToEnd(times);
    return storage;
  }

  void failToEnd(int times) {
    failures = times;
  }

  /** Takes a trial away from whoever runs it: what that one writes from now on comes too late. */
  void takeAway(int number) {
    taken.add(number);
  }

  /** What waits for the next commit. */
  List<StudyChange> staged() {
    return List.copyOf(staged);
  }

  /** The ends that are written, in their order. */
  List<Integer> endsWritten() {
    return written.stream()
        .filter(StudyChange.FinishTrial.class::isInstance)
        .map(change -> ((StudyChange.FinishTrial) change).number())
        .toList();
  }

  /** How often everything written so far was made durable. */
  int syncs() {
    return syncs;
  }

  @Override
  public List<String> studyNames() {
    return memory.studyNames();
  }

  @Override
  public StudyStorage create(String name, List<Direction> directions) {
    return new Faulty(memory.create(name, directions));
  }

  @Override
  public Optional<StudyStorage> find(String name) {
    return memory.find(name).map(Faulty::new);
  }

  @Override
  public Optional<Path> artifactFolder() {
    return Optional.empty();
  }

  @Override
  public void close() {
    memory.close();
  }

  private final class Faulty implements StudyStorage {

    private final StudyStorage study;

    Faulty(StudyStorage study) {
      this.study = study;
    }

    @Override
    public int[] commit(List<StudyChange> changes, Durability durability) {
      boolean ends =
          changes.stream().anyMatch(StudyChange.FinishTrial.class::isInstance)
              || staged.stream().anyMatch(StudyChange.FinishTrial.class::isInstance);
      if (failures > 0 && ends) {
        failures--;
        throw new StorageException("the disk is full");
      }
      for (Iterator<StudyChange> i = staged.iterator(); i.hasNext(); ) {
        StudyChange change = i.next();
        if (isTaken(change)) {
          i.remove();
          throw late(change);
        }
      }
      changes.stream()
          .filter(this::isTaken)
          .findFirst()
          .ifPresent(
              change -> {
                throw late(change);
              });
      written.addAll(staged);
      written.addAll(changes);
      staged.clear();
      return study.commit(changes, durability);
    }

    private TrialLostException late(StudyChange change) {
      int number = numberOf(change);
      return new TrialLostException(number, "trial " + number + " is another worker's");
    }

    private boolean isTaken(StudyChange change) {
      return taken.contains(numberOf(change));
    }

    private int numberOf(StudyChange change) {
      if (change instanceof StudyChange.Report report) {
        return report.number();
      } else if (change instanceof StudyChange.FinishTrial finish) {
        return finish.number();
      }
      return change instanceof StudyChange.RequeueTrial requeue ? requeue.number() : -1;
    }

    @Override
    public void stage(List<StudyChange> changes) {
      study.stage(changes);
      staged.addAll(changes);
    }

    @Override
    public void sync() {
      syncs++;
    }

    @Override
    public String name() {
      return study.name();
    }

    @Override
    public TrialTable table() {
      return study.table();
    }

    @Override
    public Map<String, Object> attributes() {
      return study.attributes();
    }

    @Override
    public Map<String, Object> systemAttributes() {
      return study.systemAttributes();
    }

    @Override
    public void refresh() {
      study.refresh();
    }

    @Override
    public List<LostTrial> lostTrials() {
      return study.lostTrials();
    }
  }
}
