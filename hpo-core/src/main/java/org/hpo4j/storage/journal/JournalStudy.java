package org.hpo4j.storage.journal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.hpo4j.storage.Durability;
import org.hpo4j.storage.LostTrial;
import org.hpo4j.storage.StorageException;
import org.hpo4j.storage.StudyChange;
import org.hpo4j.storage.StudyStorage;
import org.hpo4j.storage.WorkerId;
import org.hpo4j.storage.optuna.ChangeWriter;
import org.hpo4j.storage.optuna.OptunaStudy;
import org.hpo4j.trial.TrialTable;

/** One study of a journal, with a reader of its own. */
final class JournalStudy implements StudyStorage {

  private final String name;
  private final JournalStorage journal;
  private final JournalReader reader;
  private final JournalReplay replay;
  private final OptunaStudy study;

  private JournalStudy(
      String name,
      JournalStorage journal,
      JournalReader reader,
      JournalReplay replay,
      OptunaStudy study) {
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
          writer.begin(replay.nextTrialId());
          ChangeWriter batch = new ChangeWriter(study, writer);
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

  @Override
  public void stage(List<StudyChange> changes) {
    commit(changes, Durability.VISIBLE);
  }

  @Override
  public void sync() {
    journal.sync();
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
  public List<LostTrial> lostTrials() {
    List<LostTrial> lost = new ArrayList<>();
    study
        .owners()
        .forEach(
            (number, owner) -> {
              if (WorkerId.parse(owner).filter(WorkerId::isDead).isPresent()) {
                lost.add(new LostTrial(number, owner));
              }
            });
    lost.sort(Comparator.comparingInt(LostTrial::number));
    return lost;
  }
}
