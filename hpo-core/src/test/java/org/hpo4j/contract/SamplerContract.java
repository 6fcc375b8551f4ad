package org.hpo4j.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hpo4j.space.Parameters.choice;
import static org.hpo4j.space.Parameters.integer;
import static org.hpo4j.space.Parameters.logUniform;
import static org.hpo4j.space.Parameters.uniform;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.hpo4j.sampler.Sampler;
import org.hpo4j.sampler.SamplerContext;
import org.hpo4j.sampler.Suggestion;
import org.hpo4j.space.Configuration;
import org.hpo4j.space.Parameter;
import org.hpo4j.space.SearchSpace;
import org.hpo4j.trial.Direction;
import org.hpo4j.trial.Outcome;
import org.hpo4j.trial.TrialHistory;
import org.hpo4j.trial.TrialState;
import org.hpo4j.trial.TrialTable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What every sampler promises: valid suggestions in every kind of space after any past, as a pure
 * function of what it is told.
 */
public abstract class SamplerContract {

  private static final Parameter<Double> LATE = uniform("late", -2, 2);
  private static final Parameter<Double> HALF_FAILS = uniform("x", -1, 1);
  private static final Parameter<String> OPTION_FAILS = choice("c", "a", "b");

  /** A new sampler, configured as all others that this method returns. */
  protected abstract Sampler newSampler();

  /** Whether the sampler also serves studies with several objectives. */
  protected boolean servesSeveralObjectives() {
    return true;
  }

  /** Whether the sampler learns from failed trials where further ones are likely to fail. */
  protected boolean avoidsFailures() {
    return true;
  }

  static Stream<Arguments> cases() {
    return Spaces.all().keySet().stream()
        .flatMap(space -> Pasts.all().keySet().stream().map(past -> arguments(space, past)));
  }

  private static SearchSpace space(String name) {
    return Spaces.all().get(name);
  }

  private static TrialTable table(SearchSpace space, String past, Direction... directions) {
    TrialTable table = new TrialTable(List.of(directions));
    Pasts.all().get(past).fill(table, space);
    return table;
  }

  private static SamplerContext context(long seed, TrialTable table, SearchSpace space) {
    return new SamplerContext(seed, table.size(), Optional.of(space));
  }

  private static void requireValid(Suggestion suggestion, SearchSpace space) {
    if (suggestion instanceof Suggestion.Values values) {
      Configuration given = values.configuration();
      Configuration same = space.walk(p -> given.code(given.indexOf(p.name())));
      assertThat(given).isEqualTo(same);
      assertThat(space.violated(given)).isEmpty();
      assertThat(values.why().sampler()).isNotBlank();
      assertThat(values.why().reason()).isNotBlank();
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void suggestsWholeConfigurationsThatSatisfyTheConstraints(String name, String past) {
    SearchSpace space = space(name);
    TrialTable table = table(space, past, Direction.MINIMIZE);
    requireValid(newSampler().suggest(TrialHistory.of(table), context(3, table, space)), space);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void servesSeveralObjectivesOrSaysThatItDoesNot(String name, String past) {
    SearchSpace space = space(name);
    TrialTable table = table(space, past, Direction.MINIMIZE, Direction.MAXIMIZE);
    try {
      requireValid(newSampler().suggest(TrialHistory.of(table), context(3, table, space)), space);
      assertThat(servesSeveralObjectives()).isTrue();
    } catch (IllegalArgumentException e) {
      assertThat(servesSeveralObjectives()).isFalse();
      assertThat(e).hasMessageContaining("2");
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void isAPureFunctionWhateverItWasUsedForBefore(String name, String past) {
    SearchSpace space = space(name);
    TrialTable table = table(space, past, Direction.MINIMIZE);
    Sampler used = newSampler();
    // Another study of the same space, of which the caches must keep nothing.
    TrialTable other = new TrialTable(List.of(Direction.MINIMIZE));
    for (int i = 0; i < 20; i++) {
      Pasts.complete(other, Pasts.draw(space, 100 + i), -i);
    }
    used.suggest(TrialHistory.of(other), context(3, other, space));
    used.suggest(TrialHistory.of(table), context(4, table, space));
    SamplerContext context = context(3, table, space);
    Suggestion first = used.suggest(TrialHistory.of(table), context);
    assertThat(used.suggest(TrialHistory.of(table), context)).isEqualTo(first);
    assertThat(newSampler().suggest(TrialHistory.of(table), context)).isEqualTo(first);
  }

  /** Workers do not read what became of the trials of others where no sampler asks for it. */
  @ParameterizedTest
  @MethodSource("cases")
  void goesByTheHistoryOnlyIfItSaysSo(String name, String past) {
    SearchSpace space = space(name);
    TrialTable table = table(space, past, Direction.MINIMIZE);
    TrialTable unread = new TrialTable(List.of(Direction.MINIMIZE));
    for (int i = 0; i < table.size(); i++) {
      unread.setState(unread.add(), TrialState.RUNNING, Optional.empty());
    }
    Sampler sampler = newSampler();
    SamplerContext context = context(3, table, space);
    Suggestion informed = sampler.suggest(TrialHistory.of(table), context);
    Suggestion blind = sampler.suggest(TrialHistory.of(unread), context);
    assertThat(sampler.usesHistory() || blind.equals(informed)).isTrue();
  }

  /** What is kept from ask to ask must keep up with a history that grows, or is an older one. */
  @Test
  void isAPureFunctionOfAHistoryThatGrows() {
    for (SearchSpace space : List.of(Spaces.mixed(), Spaces.conditional())) {
      TrialTable table = new TrialTable(List.of(Direction.MINIMIZE));
      Sampler used = newSampler();
      for (int i = 0; i < 60; i++) {
        Pasts.addAny(table, Pasts.draw(space, i), i);
        if (i % 10 == 9) {
          // The two trials of these ten that still run.
          Pasts.end(table, i - 6, Outcome.completed(Math.cos(i)));
          Pasts.end(table, i - 5, Outcome.completed(Math.cos(i + 1)));
        }
        boolean older = i % 4 == 3;
        TrialHistory view =
            older ? TrialHistory.ordered(table, i - 2, i - 3) : TrialHistory.of(table);
        SamplerContext context = new SamplerContext(5, view.size(), Optional.of(space));
        Suggestion suggestion = used.suggest(view, context);
        if (older || i % 6 == 0) {
          assertThat(suggestion).isEqualTo(newSampler().suggest(view, context));
        }
      }
    }
  }

  /** The outcomes past the visible prefix of an ordered run may come in any order. */
  @Test
  void knowsNoMoreThanTheViewShows() {
    for (SearchSpace space : List.of(Spaces.mixed(), Spaces.conditional())) {
      TrialTable early = new TrialTable(List.of(Direction.MINIMIZE));
      TrialTable late = new TrialTable(List.of(Direction.MINIMIZE));
      for (int i = 0; i < 24; i++) {
        Configuration values = Pasts.draw(space, i);
        if (i < 18) {
          Pasts.complete(early, values, i % 7);
          Pasts.complete(late, values, i % 7);
        } else {
          Pasts.start(early, values);
          Pasts.end(late, Pasts.start(late, values), Outcome.completed(-100 - i));
        }
      }
      SamplerContext context = new SamplerContext(5, 24, Optional.of(space));
      assertThat(newSampler().suggest(TrialHistory.ordered(late, 24, 18), context))
          .isEqualTo(newSampler().suggest(TrialHistory.ordered(early, 24, 18), context));
    }
  }

  @Test
  void seldomGoesWhereTrialsAlwaysFailOrSaysThatItLearnsNothing() {
    assertAvoids(values -> values.get(HALF_FAILS) > 0);
    assertAvoids(values -> values.get(OPTION_FAILS).equals("a"));
  }

  /**
   * One suggestion each for 40 seeds after the same trials. Half of the space fails; a sampler that
   * learns nothing comes down to a quarter in 1 of 1,000 cases.
   */
  private void assertAvoids(Predicate<Configuration> fails) {
    SearchSpace space =
        SearchSpace.of(HALF_FAILS, OPTION_FAILS, logUniform("y", 1e-3, 1), integer("i", 1, 5));
    TrialTable table = new TrialTable(List.of(Direction.MINIMIZE));
    Pasts.failing(table, space, fails);
    Sampler sampler = newSampler();
    long failing =
        IntStream.range(0, 40)
            .mapToObj(seed -> sampler.suggest(TrialHistory.of(table), context(seed, table, space)))
            .filter(s -> fails.test(((Suggestion.Values) s).configuration()))
            .count();
    assertThat(failing <= 10)
        .as("avoids failures; %s of 40 suggestions are likely to fail", failing)
        .isEqualTo(avoidsFailures());
  }

  @Test
  void directionIsOnlyASign() {
    SearchSpace space = Spaces.mixed();
    TrialTable low = new TrialTable(List.of(Direction.MINIMIZE));
    TrialTable high = new TrialTable(List.of(Direction.MAXIMIZE));
    for (int i = 0; i < 20; i++) {
      Pasts.complete(low, Pasts.draw(space, i), Math.sin(i));
      Pasts.complete(high, Pasts.draw(space, i), -Math.sin(i));
    }
    assertThat(newSampler().suggest(TrialHistory.of(high), context(2, high, space)))
        .isEqualTo(newSampler().suggest(TrialHistory.of(low), context(2, low, space)));
  }

  @Test
  void aDefineByRunStudyGetsValuesOfKnownParametersOnly() {
    for (SearchSpace space : List.of(Spaces.mixed(), Spaces.conditional())) {
      for (String past : Pasts.all().keySet()) {
        TrialTable table = table(space, past, Direction.MINIMIZE);
        Suggestion suggestion =
            newSampler()
                .suggest(
                    TrialHistory.of(table), new SamplerContext(3, table.size(), Optional.empty()));
        if (suggestion instanceof Suggestion.Values values) {
          Configuration given = values.configuration();
          for (int i = 0; i < given.size(); i++) {
            Parameter<?> parameter = given.parameters().get(i);
            assertThat(table.columnOf(parameter.name())).isNotNegative();
            // Decoding checks that the code is one of the domain's.
            assertThat(parameter.domain().decode(given.code(i))).isNotNull();
          }
        }
      }
    }
  }

  @Test
  void anObjectiveThatAsksForNothingIsServed() {
    TrialTable table = new TrialTable(List.of(Direction.MINIMIZE));
    for (int i = 0; i < 25; i++) {
      Pasts.addAny(table, Configuration.empty(), i);
    }
    Suggestion suggestion =
        newSampler()
            .suggest(TrialHistory.of(table), new SamplerContext(3, table.size(), Optional.empty()));
    if (suggestion instanceof Suggestion.Values values) {
      assertThat(values.configuration()).isEqualTo(Configuration.empty());
    }
  }

  @Test
  void drawsLateParametersFromTheirDomains() {
    for (String past : Pasts.all().keySet()) {
      SearchSpace space = SearchSpace.of(uniform("x", -1, 1), LATE);
      TrialTable table = table(space, past, Direction.MINIMIZE);
      for (int seed = 0; seed < 5; seed++) {
        double code =
            newSampler()
                .sampleIndependent(
                    LATE,
                    TrialHistory.of(table),
                    new SamplerContext(seed, table.size(), Optional.empty()));
        assertThat(code).isBetween(-2.0, 2.0);
      }
    }
  }

  /** Trials of other programs may lack parameters, or have others. */
  @Test
  void bearsTrialsThatLackParameters() {
    SearchSpace space = Spaces.mixed();
    TrialTable table = new TrialTable(List.of(Direction.MINIMIZE));
    for (int i = 0; i < 25; i++) {
      Configuration whole = Pasts.draw(space, i);
      Configuration.Builder part = Configuration.builder();
      for (int j = i % 3; j < whole.size(); j++) {
        part.put(whole.parameters().get(j), whole.code(j));
      }
      part.put(LATE, 0.5);
      Pasts.complete(table, part.build(), i % 5);
    }
    requireValid(newSampler().suggest(TrialHistory.of(table), context(1, table, space)), space);
  }

  @Test
  void describesItselfTheSameEachTime() {
    assertThat(newSampler().describe()).isNotBlank().isEqualTo(newSampler().describe());
  }
}
