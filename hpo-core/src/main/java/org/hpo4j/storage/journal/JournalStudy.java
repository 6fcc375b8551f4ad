package org.hpo4j.storage.journal;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.hpo4j.storage.Durability;
import org.hpo4j.storage.LostTrial;
import org.hpo4j.storage.StorageException;
import org.hpo4j.storage.StudyChange;
import org.hpo4j.storage.StudyStorage;
import org.hpo4j.storage.TrialLostException;
import org.hpo4j.storage.WorkerId;
import org.hpo4j.storage.optuna.AttributeKeys;
import org.hpo4j.storage.optuna.ChangeWriter;
import org.hpo4j.storage.optuna.OptunaStudy;
import org.hpo4j.storage.optuna.UnusableNameException;
import org.hpo4j.trial.TrialTable;
import org.jspecify.annotations.Nullable;

/** One study of a journal, with a reader of its own. */
final class JournalStudy implements StudyStorage {

  private static final System.Logger LOG = System.getLogger(JournalStudy.class.getName());

  private final String name;
  private final JournalStorage journal;
  private final JournalReader reader;
  private final JournalReplay replay;
  private final OptunaStudy study;

  private final OwnTrials own;

  /** What the next append writes: at first the changes that were staged or promised. */
  private final JournalWriter lines;

  /** Whether there are promised ones among them, and with them trials that only this one knows. */
  private boolean promises;

  private JournalStudy(
      String name, JournalStorage journal, JournalOpening opening, OptunaStudy study) {
    this.name = name;
    this.journal = journal;
    this.reader = opening.reader();
    this.replay = opening.replay();
    this.study = study;
    this.own = replay.own();
    this.lines = new JournalWriter(journal.workerId());
  }

  /** Reads the journal for a study. */
  static Optional<StudyStorage> find(String name, JournalStorage journal) {
    try {
      JournalOpening opening =
          JournalOpening.read(
              journal.file(),
              journal.workerId(),
              () -> JournalReplay.of(name, new OwnTrials(journal.workerId())));
      return opening.replay().study().map(study -> new JournalStudy(name, journal, opening, study));
    } catch (UnusableNameException e) {
      throw new StorageException(message(name, journal, e.getMessage()), e);
    }
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
    journal.appends().requireOpen();
    journal.appends().exclusively(this::readToEnd);
  }

  private long readToEnd() {
    if (promises && journal.file().length() != reader.offset()) {
      throw failure(
          "has started trials here, but before they were recorded, another program wrote to the"
              + " journal; open the study again to see what is recorded");
    }
    try {
      reader.readToEnd(replay);
    } catch (UnusableNameException e) {
      throw new StorageException(message(name, journal, e.getMessage()), e);
    }
    if (replay.study().isEmpty() || replay.study().get() != study) {
      throw failure("was deleted by another program");
    }
    if (own.takenAfterStaging().isPresent()) {
      throw failure(
          "took trial "
              + own.takenAfterStaging().getAsInt()
              + " for ended, but before its end was recorded, another worker took this one for dead"
              + " and recovered the trial; open the study again to see what is recorded");
    }
    return reader.offset();
  }

  private StorageException failure(String what) {
    return new StorageException(message(name, journal, what));
  }

  private static String message(String name, JournalStorage journal, @Nullable String what) {
    return "journal " + journal.file().path() + ": study '" + name + "' " + what;
  }

  // ---- Writing ----

  @Override
  public void requireStorable(StudyChange change) {
    if (change instanceof StudyChange.SetTrialAttribute set) {
      JournalWriter.requireStorable(set.key(), set.value());
    } else if (change instanceof StudyChange.SetStudyAttribute set) {
      JournalWriter.requireStorable(set.key(), set.value());
    }
  }

  @Override
  public int[] commit(List<StudyChange> changes, Durability durability) {
    if (changes.isEmpty() && journal.appends().exclusively(() -> lines.size() == 0)) {
      if (durability == Durability.DURABLE) {
        sync();
      }
      return new int[0];
    }
    Commit commit = new Commit(changes, OptionalInt.empty());
    journal.appends().append(commit, durability);
    if (commit.taken.isPresent()) {
      int number = commit.taken.getAsInt();
      throw new TrialLostException(
          number,
          "trial "
              + number
              + " of study '"
              + name
              + "' was recovered by another worker, which took this one for dead; what this one"
              + " still tells of it is not recorded");
    }
    return commit.numbers;
  }

  @Override
  public void noteRefused(int number, List<StudyChange> changes) {
    if (kindsRefused(number).containsAll(kinds(changes))) {
      return;
    }
    try {
      journal.appends().append(new Commit(changes, OptionalInt.of(number)), Durability.VISIBLE);
    } catch (StorageException e) {
      LOG.log(
          System.Logger.Level.WARNING,
          "what came too late of trial {0} could not be noted: {1}",
          number,
          e.getMessage());
    }
  }

  private static List<String> kinds(List<StudyChange> changes) {
    return changes.stream().map(change -> change.getClass().getSimpleName()).toList();
  }

  /** What this worker has noted before: a lost trial that goes on reporting fills no journal. */
  private List<Object> kindsRefused(int number) {
    Object note = systemAttributes().get(AttributeKeys.REFUSED + number);
    return note instanceof Map<?, ?> map
            && own.worker().equals(map.get("worker"))
            && map.get("changes") instanceof List<?> kinds
        ? List.copyOf(kinds)
        : List.of();
  }

  /** The changes of one commit, after those that wait. */
  private final class Commit implements JournalAppends.Batch {

    final int[] numbers;
    private final List<StudyChange> changes;
    private final OwnRecords records = new OwnRecords(lines, replay, study);
    private Set<Integer> started = Set.of();

    /** The trial for which the changes are known to come too late. */
    private final OptionalInt refused;

    private OptionalInt taken = OptionalInt.empty();
    private int sizeBefore;
    private int linesBefore;

    /** Whether {@link #prepare} has added lines, and nothing has come of them yet. */
    private boolean open;

    Commit(List<StudyChange> changes, OptionalInt refused) {
      this.changes = changes;
      this.refused = refused;
      this.numbers = new int[changes.size()];
    }

    @Override
    public void catchUp() {
      refresh();
    }

    @Override
    public long readToEnd() {
      return JournalStudy.this.readToEnd();
    }

    @Override
    public JournalWriter lines() {
      return lines;
    }

    @Override
    public void prepare() {
      sizeBefore = lines.size();
      linesBefore = lines.lines();
      open = true;
      lines.setNextTrialId(replay.nextTrialId());
      taken = refused.isPresent() ? refused : own.findTaken(changes, study);
      if (taken.isPresent()) {
        note(taken.getAsInt());
      } else {
        ChangeWriter batch = new ChangeWriter(study, records);
        for (int i = 0; i < numbers.length; i++) {
          numbers[i] = batch.add(changes.get(i));
        }
        started = batch.started();
      }
    }

    @Override
    public void undo() {
      if (open) {
        lines.cutTo(sizeBefore, linesBefore);
        records.clear();
        open = false;
      }
    }

    /** Keeps with the study that changes were refused; a trial that has ended takes no more. */
    private void note(int number) {
      Map<String, Object> note = new LinkedHashMap<>();
      note.put("worker", own.worker());
      note.put("time", JournalTime.format(Instant.now()));
      Set<Object> all = new LinkedHashSet<>(kindsRefused(number));
      all.addAll(kinds(changes));
      note.put("changes", List.copyOf(all));
      records.studyAttribute(false, study.id(), AttributeKeys.REFUSED + number, note);
    }

    @Override
    public void promised() {
      open = false;
      promises = true;
      records.apply();
    }

    @Override
    public void appended() {
      int size = lines.size();
      int count = lines.lines();
      open = false;
      if (journal.file().length() == reader.offset() + size) {
        promises = false;
        lines.cutTo(0, 0);
        own.appended();
        reader.skip(size, count);
        records.apply();
      } else {
        // Another program wrote at the same time: what counts is the order in the file.
        lines.cutTo(0, 0);
        own.appended();
        refresh();
        requireOwned(started);
      }
    }
  }

  /** Another program that breaks the lock can get in between; no trial may then run twice. */
  private void requireOwned(Set<Integer> started) {
    for (int number : started) {
      if (!own.worker().equals(study.owners().get(number))) {
        throw failure(
            "was written to by another program while this one held the lock, and trial "
                + number
                + " is not ours; see that all writers keep the lock file");
      }
    }
  }

  @Override
  public void stage(List<StudyChange> changes) {
    boolean staged = journal.appends().exclusively(() -> stageIfPossible(changes));
    if (!staged) {
      commit(changes, Durability.VISIBLE);
    }
  }

  private boolean stageIfPossible(List<StudyChange> changes) {
    readToEnd();
    if (own.findTaken(changes, study).isPresent() || !changes.stream().allMatch(this::canWait)) {
      return false;
    }
    int size = lines.size();
    int count = lines.lines();
    OwnRecords records = new OwnRecords(lines, replay, study);
    ChangeWriter batch = new ChangeWriter(study, records);
    boolean added = false;
    try {
      changes.forEach(batch::add);
      added = true;
    } finally {
      if (!added) {
        lines.cutTo(size, count);
      }
    }
    records.apply();
    changes.forEach(own::staged);
    return true;
  }

  /** Whether a change has nothing that others must know first. */
  private boolean canWait(StudyChange change) {
    if (change instanceof StudyChange.SetParameter set) {
      return study.hasParameter(set.parameter().name());
    }
    return change instanceof StudyChange.FinishTrial
        || change instanceof StudyChange.Report
        || change instanceof StudyChange.SetTrialAttribute
        || change instanceof StudyChange.SetTrialSystemAttribute;
  }

  @Override
  public void sync() {
    journal.appends().sync();
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

  @Override
  public int runningElsewhere() {
    return study.runningElsewhere(own.worker(), WorkerId::isOfThisMachine);
  }
}
