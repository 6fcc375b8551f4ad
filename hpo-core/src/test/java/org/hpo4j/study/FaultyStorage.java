package org.hpo4j.study;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.hpo4j.storage.Durability;
import org.hpo4j.storage.LostTrial;
import org.hpo4j.storage.Storage;
import org.hpo4j.storage.StorageException;
import org.hpo4j.storage.StudyChange;
import org.hpo4j.storage.StudyStorage;
import org.hpo4j.storage.TrialLostException;
import org.hpo4j.trial.Direction;
import org.hpo4j.trial.TrialState;
import org.hpo4j.trial.TrialTable;

/**
 * Keeps studies in memory as if they were written somewhere: staged changes wait for the next
 * commit. It can refuse to write the ends of trials, and take trials away as another worker would.
 */
final class FaultyStorage implements Storage {

  private final Storage memory = Storage.inMemory();
  private final List<StudyChange> staged = new ArrayList<>();
  private final Set<Integer> taken = new TreeSet<>();

  /** Added to under the study's lock, and read by {@code sync} without it. */
  private final List<StudyChange> written = new CopyOnWriteArrayList<>();

  private final List<StudyChange> refused = new ArrayList<>();
  private boolean takesClaimed;
  private int failures;
  private boolean readOnly;
  private List<LostTrial> lost = List.of();
  private final AtomicInteger syncs = new AtomicInteger();
  private volatile List<Integer> endsSynced = List.of();
  private int syncFailures;
  private Duration turnOfOthers = Duration.ZERO;

  /** A storage that refuses to record the end of a trial so many times. */
  static FaultyStorage failingToEnd(int times) {
    FaultyStorage storage = new FaultyStorage();
    storage.failToEnd(times);
    return storage;
  }

  void failToEnd(int times) {
    failures = times;
  }

  /** Fails to make durable what was recorded, so many times. */
  void failToSync(int times) {
    syncFailures = times;
  }

  /** Refuses all writes. */
  void setReadOnly(boolean refuses) {
    readOnly = refuses;
  }

  /** The worker of a trial has died. */
  void lose(int number) {
    lost = List.of(new LostTrial(number, ""));
  }

  /** Lets another worker have the turn to start trials for so long from now on, again and again. */
  void giveTurnToOthers(Duration time) {
    turnOfOthers = time;
  }

  /** Takes a trial away from whoever runs it: what that one writes from now on comes too late. */
  void takeAway(int number) {
    taken.add(number);
  }

  /** Gives a trial back to the queue, as another worker does that takes this one for dead. */
  void recover(String study, int number) {
    memory
        .find(study)
        .orElseThrow()
        .commit(
            List.of(
                new StudyChange.RecoverTrial(
                    number, "", Map.of(), Optional.empty(), Instant.now())),
            Durability.DURABLE);
  }

  /** Takes the next trial that is claimed away between the commits of its start. */
  void takeAwayWhatIsClaimed() {
    takesClaimed = true;
  }

  /** The changes that were refused before they came here. */
  List<StudyChange> refused() {
    return List.copyOf(refused);
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
    return syncs.get();
  }

  /** Those of {@link #endsWritten} that were made durable, all before the last sync. */
  List<Integer> endsSynced() {
    return endsSynced;
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
      if (readOnly && !changes.isEmpty()) {
        throw new StorageException("no permission");
      }
      if (failures > 0 && ends) {
        failures--;
        throw new StorageException("the disk is full");
      }
      for (StudyChange change : changes) {
        if (change instanceof StudyChange.OfRunningTrial own && taken.contains(own.number())) {
          throw new TrialLostException(
              own.number(), "trial " + own.number() + " is another worker's");
        }
      }
      written.addAll(staged);
      written.addAll(changes);
      staged.clear();
      if (takesClaimed && changes.get(0) instanceof StudyChange.ClaimTrial claim) {
        takesClaimed = false;
        taken.add(claim.number());
      }
      return study.commit(changes, durability);
    }

    @Override
    public void stage(List<StudyChange> changes) {
      study.stage(changes);
      staged.addAll(changes);
    }

    @Override
    public void noteRefused(int number, List<StudyChange> changes) {
      refused.addAll(changes);
    }

    @Override
    public void sync() {
      if (syncFailures > 0) {
        syncFailures--;
        throw new StorageException("the disk is broken");
      }
      syncs.incrementAndGet();
      endsSynced = endsWritten();
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
      return lost.stream()
          .filter(trial -> table().state(trial.number()) == TrialState.RUNNING)
          .toList();
    }

    @Override
    public Duration turnOfOthers() {
      return turnOfOthers;
    }

    @Override
    public int runningElsewhere() {
      return study.runningElsewhere();
    }
  }
}
