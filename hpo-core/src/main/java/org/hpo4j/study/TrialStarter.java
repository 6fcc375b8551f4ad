package org.hpo4j.study;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.hpo4j.sampler.RandomSampler;
import org.hpo4j.sampler.Sampler;
import org.hpo4j.sampler.SamplerContext;
import org.hpo4j.sampler.Suggestion;
import org.hpo4j.space.Configuration;
import org.hpo4j.space.Parameter;
import org.hpo4j.space.SearchSpace;
import org.hpo4j.storage.Durability;
import org.hpo4j.storage.StudyChange;
import org.hpo4j.storage.StudyStorage;
import org.hpo4j.trial.Explanation;
import org.hpo4j.trial.FailureReason;
import org.hpo4j.trial.Outcome;
import org.hpo4j.trial.TrialHistory;
import org.hpo4j.trial.TrialState;
import org.hpo4j.trial.TrialTable;

/**
 * Decides which trial starts next and with what: one that waits, or a new one from the sampler.
 * Called under the study's lock.
 */
final class TrialStarter {

  private static final System.Logger LOG = System.getLogger(TrialStarter.class.getName());

  /** The study attribute with a sampler's last recorded choice. */
  private static final String CHOICE = "hpo4j:choice";

  private static final String NOTHING_LEFT = "the sampler has nothing left to try";
  private static final String USED_UP =
      "every configuration of the space that the constraints allow has been tried";

  private static final Explanation DEFAULTS =
      Explanation.of("defaults", "the first trial tries the defaults");
  private static final Explanation AGAIN =
      Explanation.of("queue", "drawn for an attempt whose process died or was interrupted");
  private static final Explanation ENQUEUED = Explanation.of("queue", "enqueued values");

  /** What an attempt to start a trial came to. */
  sealed interface Start {

    /** A trial runs now. */
    record Started(TrialStart trial) implements Start {}

    /** A new trial has ended at once, with the value of an earlier one. */
    record Reused(int number) implements Start {}

    /** Another process was faster; it may have started the last one. */
    record TooLate() implements Start {}

    /** Nothing to start before another trial has ended. */
    record Wait() implements Start {}

    /** There is nothing left to try. */
    record Exhausted(String reason) implements Start {}
  }

  private final StudyStorage storage;
  private final TrialTable table;
  private final Optional<SearchSpace> space;
  private final Sampler sampler;
  private final long seed;
  private final boolean defaultsFirst;
  private final StudyClock clock;

  /** Empty where repetitions are run like any other trial. */
  private final Optional<RepeatPolicy> repeats;

  /** A trial that has begun, as far as the storage knows, and that nobody was given yet. */
  private OptionalInt begun = OptionalInt.empty();

  TrialStarter(StudyStorage storage, StudySettings<?, ?> settings, long seed, StudyClock clock) {
    this.storage = storage;
    this.table = storage.table();
    this.space = settings.space();
    this.sampler = settings.sampler();
    this.seed = seed;
    this.defaultsFirst = settings.triesDefaultsFirst() && sampler.triesDefaultsFirst();
    this.clock = clock;
    this.repeats =
        space
            .filter(declared -> settings.duplicates() != Duplicates.REPLICATE)
            .map(declared -> new RepeatPolicy(table, declared, sampler, settings.duplicates()));
  }

  /**
   * Starts the next trial by what the table shows, which was just refreshed: the first that waits,
   * or else a new one.
   */
  Start start(StartRequest request) {
    int waiting = firstWaiting();
    int number = waiting < 0 ? table.size() : waiting;
    Optional<TrialHistory> view = view(number, request.lag());
    if (view.isEmpty()) {
      return new Start.Wait();
    }
    Optional<Start> started =
        waiting < 0 ? startNew(number, view.get(), request) : claim(number, view.get(), request);
    if (started.isPresent()) {
      begun = OptionalInt.empty();
    }
    return started.orElseGet(Start.TooLate::new);
  }

  /** After a failure of the storage: the trial that has begun and will not be ended. */
  OptionalInt takeBegun() {
    OptionalInt number = begun;
    begun = OptionalInt.empty();
    return number;
  }

  private int firstWaiting() {
    if (table.count(TrialState.WAITING) > 0) {
      for (int number = table.finishedPrefix(); number < table.size(); number++) {
        if (table.state(number) == TrialState.WAITING) {
          return number;
        }
      }
    }
    return -1;
  }

  /** What the trial may know; empty if it must wait for more outcomes. */
  private Optional<TrialHistory> view(int number, int lag) {
    if (lag == 0) {
      return Optional.of(TrialHistory.of(table));
    }
    int visible = Math.max(0, number - lag + 1);
    return table.finishedPrefix() < visible
        ? Optional.empty()
        : Optional.of(TrialHistory.ordered(table, number, visible));
  }

  private SamplerContext context(int number, StartRequest request) {
    return new SamplerContext(seed, number, space)
        .with(
            request.budget(),
            storage.systemAttributes().get(CHOICE) instanceof String recorded
                ? Optional.of(recorded)
                : Optional.empty());
  }

  private Optional<Start> startNew(int number, TrialHistory firstView, StartRequest request) {
    SamplerContext context = context(number, request);
    TrialHistory view = firstView;
    Suggestion suggestion;
    if (number == 0 && defaultsFirst) {
      suggestion = defaultsFor(sampler.suggest(view, context));
    } else {
      suggestion = sampler.suggest(view, context);
      for (int extra = 1; suggestion instanceof Suggestion.Idle; extra++) {
        // Each idle answer shows an ordered run one outcome more, so that it cannot deadlock.
        int visible = number - request.lag() + 1 + extra;
        if (request.lag() == 0 || visible > number || table.finishedPrefix() < visible) {
          requireSomethingRunning();
          return Optional.of(new Start.Wait());
        }
        view = TrialHistory.ordered(table, number, Math.max(0, visible));
        suggestion = sampler.suggest(view, context);
      }
    }
    if (!(suggestion instanceof Suggestion.Values values)) {
      return Optional.of(new Start.Exhausted(NOTHING_LEFT));
    }
    if (space.isPresent()) {
      requireMember(space.get(), values.configuration());
    }
    if (repeats.isPresent() && values.fidelity().isEmpty()) {
      RepeatPolicy.Decision decision =
          repeats
              .get()
              .decide(
                  values,
                  view,
                  context,
                  request.lag() > 0,
                  other -> requireMember(space.orElseThrow(), other));
      if (decision instanceof RepeatPolicy.Decision.Run other) {
        values = other.values();
      } else if (decision instanceof RepeatPolicy.Decision.Reuse reuse) {
        return reuse(number, reuse.values(), reuse.repeated());
      } else if (decision instanceof RepeatPolicy.Decision.Wait) {
        return Optional.of(new Start.Wait());
      } else {
        return Optional.of(new Start.Exhausted(USED_UP));
      }
    }
    // What idle answers have shown more is for this choice alone: should the trial begin again, its
    // pruner is to know no less and no more.
    return run(
        values,
        new TrialStart.Terms(context, firstView, request.lag() > 0, request.trialTimeLimit()),
        request.synced() ? Durability.SHARED : Durability.VISIBLE);
  }

  private Optional<Start> run(
      Suggestion.Values drawn, TrialStart.Terms terms, Durability durability) {
    Configuration joint = drawn.configuration();
    Configuration values = space.isPresent() ? joint : Configuration.empty();
    if (!startIn(terms.context().trialNumber(), values, drawn, durability)) {
      return Optional.empty();
    }
    return Optional.of(
        new Start.Started(
            new TrialStart(terms, joint, values, Map.of(), drawn.why(), drawn.fidelity())));
  }

  /** Writes the beginning of a trial; false if another process has taken the number. */
  private boolean startIn(
      int number, Configuration values, Suggestion.Values drawn, Durability durability) {
    StudyChange start =
        new StudyChange.StartTrial(
            number, values, drawn.configuration(), drawn.fidelity(), clock.instant());
    if (storage.commit(List.of(start), durability)[0] < 0) {
      return false;
    }
    begun = OptionalInt.of(number);
    // Only now: the choice of one who came too late must not replace that of the trial that runs.
    drawn
        .choice()
        .filter(choice -> !choice.equals(storage.systemAttributes().get(CHOICE)))
        .ifPresent(choice -> keep(choice, number));
    return true;
  }

  private void keep(String choice, int number) {
    LOG.log(System.Logger.Level.INFO, "study {0}, trial {1}: {2}", storage.name(), number, choice);
    storage.commit(
        List.of(new StudyChange.SetStudySystemAttribute(CHOICE, choice)), Durability.VISIBLE);
  }

  private Optional<Start> reuse(int number, Suggestion.Values values, int repeated) {
    return startIn(number, values.configuration(), values, Durability.VISIBLE)
        ? Optional.of(endAs(number, repeated))
        : Optional.empty();
  }

  /** Ends a trial with the outcome of one that has the same values. */
  private Start endAs(int number, int repeated) {
    List<StudyChange> changes = new ArrayList<>();
    changes.add(
        new StudyChange.SetTrialSystemAttribute(number, RepeatPolicy.REUSED, (long) repeated));
    List<Double> constraints = table.freeze(repeated).constraints();
    if (!constraints.isEmpty()) {
      // Without them the same values would count as feasible once and as violating once.
      changes.add(
          new StudyChange.SetTrialSystemAttribute(number, TrialTable.CONSTRAINTS, constraints));
    }
    changes.add(
        new StudyChange.FinishTrial(
            number, table.outcome(repeated).orElseThrow(), clock.instant()));
    storage.commit(changes, Durability.DURABLE);
    return new Start.Reused(number);
  }

  /** The defaults, to be trained as far as the sampler would have a first trial train. */
  private Suggestion.Values defaultsFor(Suggestion drawn) {
    Suggestion.Values values = Suggestion.of(defaults(), DEFAULTS);
    return drawn instanceof Suggestion.Values other && other.fidelity().isPresent()
        ? values.withFidelity(other.fidelity().get())
        : values;
  }

  private Configuration defaults() {
    if (space.isEmpty()) {
      return Configuration.empty();
    }
    Configuration defaults = space.get().defaults();
    return space.get().satisfies(defaults)
        ? defaults
        : RandomSampler.draw(space.get(), new SamplerContext(seed, 0, space));
  }

  /** Whether parameters that are not known yet take their defaults. */
  private boolean takesDefaults(int number) {
    return number == 0 && defaultsFirst && space.isEmpty();
  }

  private void requireSomethingRunning() {
    if (table.count(TrialState.RUNNING) == 0) {
      throw new IllegalStateException(
          "the sampler " + sampler.describe() + " waits for trials to end, but none is running");
    }
  }

  private void requireMember(SearchSpace declared, Configuration configuration) {
    Configuration same =
        declared.walk(
            parameter -> {
              int index = configuration.indexOf(parameter.name());
              if (index < 0) {
                throw new IllegalStateException(
                    sampler.describe() + " gave no value for " + parameter);
              }
              return configuration.code(index);
            });
    declared
        .violated(same)
        .ifPresent(
            constraint -> {
              throw new IllegalStateException(
                  sampler.describe() + " violates '" + constraint + "' with " + configuration);
            });
  }

  private Optional<Start> claim(int number, TrialHistory view, StartRequest request) {
    SamplerContext context = context(number, request);
    // A trial whose first worker died keeps what was drawn for it then.
    Configuration joint = table.joint(number);
    Configuration known = table.configuration(number);
    Configuration values = known;
    Map<String, Object> fixed = fixed(number, known.size() == 0);
    if (joint.size() == 0
        && known.size() == 0
        && table.fidelity(number).isEmpty()
        && !takesDefaults(number)) {
      Suggestion suggestion = sampler.suggest(view, context);
      if (suggestion instanceof Suggestion.Values drawn) {
        joint = EnqueuedValues.putInto(drawn.configuration(), fixed);
      }
    }
    // A crash may have kept some of its values only.
    if (space.isPresent() && !EnqueuedValues.isWhole(known, space.get())) {
      Map<String, Object> given = new LinkedHashMap<>(fixed);
      known.parameters().forEach(parameter -> given.put(parameter.name(), known.get(parameter)));
      try {
        joint = EnqueuedValues.complete(space.get(), given, joint, context);
      } catch (IllegalArgumentException e) {
        refuse(number, e);
        return Optional.empty();
      }
      values = joint;
    }
    if (storage
            .commit(
                List.of(new StudyChange.ClaimTrial(number, joint, clock.instant())),
                Durability.VISIBLE)[0]
        < 0) {
      return Optional.empty();
    }
    begun = OptionalInt.of(number);
    List<StudyChange> parameters = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      Parameter<?> parameter = values.parameters().get(i);
      if (known.indexOf(parameter.name()) < 0) {
        parameters.add(new StudyChange.SetParameter(number, parameter, values.code(i)));
      }
    }
    storage.commit(parameters, Durability.VISIBLE);
    if (repeats.isPresent() && !isEnqueued(number) && table.fidelity(number).isEmpty()) {
      // Its process died between the start of a repetition and its end.
      OptionalInt repeated = repeats.get().findKnown(number, values, view);
      if (repeated.isPresent()) {
        return Optional.of(endAs(number, repeated.getAsInt()));
      }
    }
    return Optional.of(
        new Start.Started(
            new TrialStart(
                new TrialStart.Terms(context, view, request.lag() > 0, request.trialTimeLimit()),
                joint,
                values,
                fixed,
                isEnqueued(number) ? ENQUEUED : AGAIN,
                table.fidelity(number))));
  }

  /** The enqueued values, but for those that a declared space has no place for. */
  private Map<String, Object> fixed(int number, boolean isFirst) {
    Map<String, Object> fixed = EnqueuedValues.of(table, number);
    System.Logger.Level level = isFirst ? System.Logger.Level.WARNING : System.Logger.Level.DEBUG;
    return space
        .map(declared -> EnqueuedValues.inDomains(fixed, declared, number, level))
        .orElse(fixed);
  }

  private boolean isEnqueued(int number) {
    return table.systemAttribute(number, TrialTable.FIXED_PARAMETERS).isPresent();
  }

  /** A waiting trial that cannot run must not block the queue. */
  private void refuse(int number, IllegalArgumentException cause) {
    LOG.log(System.Logger.Level.WARNING, () -> "trial " + number + " cannot run", cause);
    Outcome failed = Outcome.failed(FailureReason.EXCEPTION, cause.toString());
    storage.commit(
        List.of(
            new StudyChange.ClaimTrial(number, Configuration.empty(), clock.instant()),
            new StudyChange.FinishTrial(number, failed, clock.instant())),
        Durability.DURABLE);
  }

  /** The code of a value that was neither enqueued nor drawn jointly. */
  double sampleIndependent(Parameter<?> parameter, TrialStart start) {
    return takesDefaults(start.number())
        ? parameter.defaultCode()
        : sampler.sampleIndependent(parameter, start.view(), start.context());
  }

  /** Checks that values can be enqueued; see {@link EnqueuedValues#requireFit}. */
  void requireEnqueueable(Map<String, ?> values) {
    EnqueuedValues.requireFit(values, table, new SamplerContext(seed, table.size(), space));
  }

  /**
   * The trials that a later one may continue from, by what the next one will know at least: in an
   * ordered run it may pick a parent that trials which it does not see yet have left behind.
   */
  BitSet resumable(int lag) {
    if (lag == 0) {
      return sampler.resumable(TrialHistory.of(table));
    }
    int visible = Math.min(table.finishedPrefix(), Math.max(0, table.size() - lag + 1));
    return sampler.resumable(TrialHistory.ordered(table, table.size(), visible));
  }
}
