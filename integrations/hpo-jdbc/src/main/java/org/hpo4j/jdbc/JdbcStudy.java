package org.hpo4j.jdbc;

import java.sql.SQLException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.hpo4j.storage.Durability;
import org.hpo4j.storage.LostTrial;
import org.hpo4j.storage.StorageException;
import org.hpo4j.storage.StudyChange;
import org.hpo4j.storage.StudyStorage;
import org.hpo4j.storage.TrialLostException;
import org.hpo4j.trial.Direction;
import org.hpo4j.trial.TrialState;
import org.hpo4j.trial.TrialTable;

/**
 * One study. A commit is planned from what is known here, written under the condition that it still
 * holds in the database, and only then taken in. Ends of trials can be staged: they are taken in at
 * once and written with the next commit.
 */
final class JdbcStudy implements StudyStorage {

  private static final long WORTH_A_LOOK = TimeUnit.MILLISECONDS.toNanos(100);

  private final Database database;
  private final Leases leases;
  private final StudyMirror mirror;
  private Staged staged;

  /** Why what is known here is wrong. */
  private Optional<String> wrong = Optional.empty();

  JdbcStudy(StudyKey key, List<Direction> directions, Database database, Leases leases) {
    this.database = database;
    this.leases = leases;
    this.mirror = new StudyMirror(key, directions, database, leases);
    this.staged = new Staged(newBatch());
  }

  @Override
  public String name() {
    return mirror.name();
  }

  @Override
  public TrialTable table() {
    return mirror.table();
  }

  @Override
  public Map<String, Object> attributes() {
    return mirror.study().replica().attributes();
  }

  @Override
  public Map<String, Object> systemAttributes() {
    return mirror.study().replica().systemAttributes();
  }

  @Override
  public void refresh() {
    requireRight();
    mirror.refresh(true);
  }

  @Override
  public void refreshForStart(boolean needsOutcomes) {
    requireRight();
    mirror.turns().asked().tries();
    if (!mirror.turns().sparesLook()) {
      mirror.refresh(needsOutcomes);
    }
  }

  private void requireRight() {
    if (wrong.isPresent()) {
      throw new StorageException(mirror + ": " + wrong.get());
    }
  }

  // ---- Writing ----

  @Override
  public int[] commit(List<StudyChange> changes, Durability durability) {
    Set<Integer> kept = new HashSet<>();
    boolean isStart = changes.size() == 1 && changes.get(0) instanceof StudyChange.StartTrial;
    long begun = System.nanoTime();
    while (true) {
      boolean stuck =
          isStart
              ? mirror.turns().isStuck(mirror.newest())
              : System.nanoTime() - begun > Turns.STUCK;
      try {
        return tryCommit(changes, kept, stuck);
      } catch (BatchWriter.OvertakenException e) {
        if (isStart) {
          mirror.turns().cameTooLate(mirror.newest());
          // What has ended does not wait until a start succeeds.
          commit(List.of(), durability);
          askForStart();
          return new int[] {-1};
        }
        // A worker that was taken for dead and is not, keeps its trial.
        kept.add(mirror.number(e.keptTrialId));
        refresh();
      } catch (BatchWriter.LostException e) {
        throw lost(e.trialId, changes);
      } catch (StudyKey.DeletedException e) {
        throw new StorageException(mirror.key().deleted(database.url()), e);
      } catch (StorageException e) {
        // Nobody may ask again: then others shall run these trials.
        staged.tokens.forEach(leases::abandon);
        throw explained(e);
      }
    }
  }

  /** Without the study's lock: whoever has brief trials sees it with its next start. */
  private void askForStart() {
    AskedStarts asked = mirror.turns().asked();
    if (asked.isDue(mirror.turns().isBrief())) {
      database.write(
          connection -> {
            Script script = new Script(database.dialect());
            AskedStarts.ask(
                script, database.dialect(), mirror.study().id(), leases.worker(), asked.lengthMs());
            return script.run(connection);
          },
          connection -> true);
      asked.asked();
    }
  }

  private int[] tryCommit(List<StudyChange> changes, Set<Integer> kept, boolean stuck) {
    CommitPlan plan = new CommitPlan(mirror, leases, staged, newBatch(), kept, changes, stuck);
    if (plan.isEmpty()) {
      return plan.numbers;
    }
    noteEnds(plan.batch);
    BatchWriter writer = new BatchWriter(database.dialect(), leases, mirror.key(), plan);
    boolean written = false;
    try {
      database.write(
          connection -> {
            writer.write(connection, mirror.newest());
            return true;
          },
          writer::isApplied);
      written = true;
    } finally {
      if (!written) {
        writer.forget();
      }
    }
    if (plan.takesTurn()) {
      mirror.turns().taken();
    }
    if (plan.isOneStart()) {
      mirror.turns().started();
    }
    staged.batch.states.keySet().forEach(leases::drop);
    staged = new Staged(newBatch());
    mirror.takeIn(plan.batch, writer::id);
    plan.batch.states.forEach(
        (id, state) -> {
          if (state == TrialState.RUNNING) {
            leases.begin(writer.id(id));
          } else {
            leases.drop(writer.id(id));
          }
        });
    return plan.numbers;
  }

  /** What a row that a constraint has refused means. */
  private StorageException explained(StorageException e) {
    if (!(e.getCause() instanceof SQLException cause)
        || !String.valueOf(cause.getSQLState()).startsWith("23")) {
      return e;
    }
    mirror.requireThere(e);
    return database.dialect().isOtherName(cause)
        ? new StorageException(
            mirror
                + ": the database takes two names for one, of attributes or parameters, since its"
                + " tables were made by a program that does not tell upper from lower case, or"
                + " spaces at the end; nothing was changed; give one of them another name",
            e)
        : e;
  }

  private void noteEnds(ChangeBatch batch) {
    batch.states.forEach(
        (id, state) -> {
          if (state.isFinished() && leases.holds(id)) {
            mirror.turns().ended(leases.nanosSinceBegin(id));
          }
        });
  }

  private ChangeBatch newBatch() {
    return new ChangeBatch(database.dialect().limits(), leases.worker());
  }

  @Override
  public void stage(List<StudyChange> changes) {
    if (!changes.stream().allMatch(this::canWait) || mayBeEnded(changes)) {
      commit(changes, Durability.DURABLE);
      return;
    }
    CommitPlan plan;
    try {
      Staged none = new Staged(newBatch());
      plan = new CommitPlan(mirror, leases, none, newBatch(), Set.of(), changes, false);
    } catch (BatchWriter.LostException e) {
      throw lost(e.trialId, changes);
    }
    mirror.takeIn(plan.batch, id -> id);
    noteEnds(plan.batch);
    staged.add(plan.batch, changes, leases);
  }

  /** Whether a change has nothing that others must know first, and will not come too late. */
  private boolean canWait(StudyChange change) {
    if (!(change instanceof StudyChange.OfRunningTrial own)
        || change instanceof StudyChange.RequeueTrial
        || own.number() >= table().size()) {
      return false;
    }
    boolean known =
        !(change instanceof StudyChange.SetParameter set)
            || mirror.study().hasParameter(set.parameter().name());
    return known && leases.isFresh(mirror.study().trialId(own.number()));
  }

  /**
   * Whether a program that knows no leases may have ended a trial, so that its end has to be
   * recorded before it is believed. A look costs little beside a trial that took a while; one that
   * did not has hardly been ended by anybody else, unless such programs run trials here.
   */
  private boolean mayBeEnded(List<StudyChange> changes) {
    if (mirror.hasForeignTrials()) {
      return true;
    }
    return changes.stream()
        .filter(StudyChange.FinishTrial.class::isInstance)
        .map(change -> mirror.study().trialId(((StudyChange.FinishTrial) change).number()))
        .filter(trialId -> leases.nanosSinceBegin(trialId) > WORTH_A_LOOK)
        .anyMatch(trialId -> !mirror.isRunning(trialId));
  }

  @Override
  public void abandon(int number) {
    int trialId = mirror.study().trialId(number);
    leases.abandon(trialId, leases.token(trialId));
  }

  @Override
  public void requireStorable(StudyChange change) {
    database.dialect().limits().requireStorable(change);
  }

  @Override
  public void sync() {
    // Every commit reaches the disk.
  }

  // ---- Lost trials ----

  private RuntimeException lost(int trialId, List<StudyChange> changes) {
    int number = mirror.number(trialId);
    if (staged.hasEndOf(trialId)) {
      staged.refuse(trialId, number, leases);
      wrong =
          Optional.of(
              "took trial "
                  + number
                  + " for ended, but before its end was recorded, another program ended it, or its"
                  + " lease ended and another worker recovered it; open the study again to see what"
                  + " is recorded");
      return new StorageException(mirror + ": " + wrong.get());
    }
    leases.refuse(trialId, leases.token(trialId), changes);
    refresh();
    return new TrialLostException(
        number,
        "trial "
            + number
            + " is no longer this worker's: another program has ended it, or its lease had ended and"
            + " another worker has recovered it; what was written late is noted in"
            + " hpo4j_late_writes and nowhere else");
  }

  @Override
  public void noteRefused(int number, List<StudyChange> changes) {
    leases.note(mirror.study().trialId(number), changes);
  }

  @Override
  public Duration turnOfOthers() {
    return mirror.turns().rest();
  }

  @Override
  public boolean hasAskedForStart() {
    return mirror.turns().asked().isAsked();
  }

  @Override
  public int runningElsewhere() {
    return mirror.study().runningElsewhere(leases.worker(), worker -> true) + mirror.unread();
  }

  @Override
  public List<LostTrial> lostTrials() {
    return leases.findLost(mirror.study().id());
  }

  @Override
  public String toString() {
    return mirror.toString();
  }
}
