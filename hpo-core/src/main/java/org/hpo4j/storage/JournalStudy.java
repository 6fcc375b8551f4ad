package org.hpo4j.storage;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.hpo4j.trial.TrialTable;

/** One study of a journal, with a reader of its own. */
final class JournalStudy implements StudyStorage {

  private final String name;
  private final JournalStorage journal;
  private final JournalReader reader;
  private final JournalReplay replay;
  private final ReplicatedStudy study;

  private JournalStudy(
      String name,
      JournalStorage journal,
      JournalReader reader,
      JournalReplay replay,
      ReplicatedStudy study) {
    this.name = name;
    this.journal = journal;
    this.reader = reader;
    this.replay = replay;
    this.study = study;
  }

  /** Reads the journal for a study. */
  static Optional<StudyStorage> find(String name, JournalStorage journal) {
    JournalReader reader = new JournalReader(journal.file());
    JournalReplay replay = new JournalReplay(Optional.of(name));
    reader.readToEnd(replay);
    return replay.study().map(study -> new JournalStudy(name, journal, reader, replay, study));
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public TrialTable table() {
    return study.table();
  }

  @Override
  public Map<String, Object> attributes() {
    return study.replica().attributes();
  }

  @Override
  public Map<String, Object> systemAttributes() {
    return study.replica().systemAttributes();
  }

  @Override
  public void refresh() {
    reader.readToEnd(replay);
    if (replay.study().isEmpty() || replay.study().get() != study) {
      throw new StorageException(
          "journal "
              + journal.file().path()
              + ": study '"
              + name
              + "' was deleted by another program");
    }
  }

  @Override
  public int[] commit(List<StudyChange> changes, Durability durability) {
    int[] numbers = new int[changes.size()];
    if (changes.isEmpty()) {
      return numbers;
    }
    journal.append(
        durability,
        writer -> {
          refresh();
          JournalBatch batch = new JournalBatch(study, replay.nextTrialId(), writer);
          for (int i = 0; i < numbers.length; i++) {
            numbers[i] = batch.add(changes.get(i));
          }
          return new JournalStorage.Append(
              reader.offset(),
              () -> {
                refresh();
                requireOwned(batch.started());
              });
        });
    return numbers;
  }

  /** Another program that breaks the lock can get in between; no trial may then run twice. */
  private void requireOwned(Set<Integer> started) {
    for (int number : started) {
      if (!journal.workerId().equals(study.owners().get(number))) {
        throw new StorageException(
            "journal "
                + journal.file().path()
                + ": another program wrote while this one held the lock, and trial "
                + number
                + " is not ours; see that all writers keep the lock file");
      }
    }
  }

  @Override
  public List<Integer> lostTrials() {
    List<Integer> lost = new ArrayList<>();
    study
        .owners()
        .forEach(
            (number, owner) -> {
              if (WorkerId.parse(owner).filter(WorkerId::isDead).isPresent()) {
                lost.add(number);
              }
            });
    lost.sort(null);
    return lost;
  }
}
