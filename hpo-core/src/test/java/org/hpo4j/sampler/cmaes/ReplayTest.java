package org.hpo4j.sampler.cmaes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hpo4j.space.Parameters.integer;
import static org.hpo4j.space.Parameters.uniform;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hpo4j.sampler.SamplerContext;
import org.hpo4j.sampler.Suggestion;
import org.hpo4j.sampler.structure.LikelySuccess;
import org.hpo4j.space.Configuration;
import org.hpo4j.space.SearchSpace;
import org.hpo4j.trial.TrialHistory;
import org.hpo4j.trial.TrialTable;
import org.junit.jupiter.api.Test;

class ReplayTest {

  private static final long SEED = 3;
  private static final SearchSpace SPACE =
      SearchSpace.of(uniform("x", -1, 1), integer("i", 0, 9), integer("j", 0, 9));

  /**
   * A draw in place of one that was likely to fail counts with the step that was drawn, not as an
   * injected solution: in the cell of an integer these differ.
   */
  @Test
  void recognizesDrawsInPlaceOfOthers() {
    Replay replay = new Replay(SPACE.parameters(), CmaEsSettings.DEFAULTS, SEED);
    Dimensions dimensions = new Dimensions(SPACE.parameters());
    Run run = replay.follow(TrialHistory.of(Tables.empty()));
    TrialTable table = Tables.empty();
    List<Candidate> candidates = new ArrayList<>();
    int redrawn = 0;
    while (table.size() < 20 * run.strategy().lambda) {
      SamplerContext context = new SamplerContext(SEED, table.size(), Optional.of(SPACE));
      Suggestion.Values given =
          (Suggestion.Values) CmaEsSampler.ofDefaults().suggest(TrialHistory.of(table), context);
      Configuration c = given.configuration();
      int number = numberOf(c, run.distribution(), context);
      redrawn += number > 0 ? 1 : 0;
      candidates.add(run.distribution().draw(Replay.random(context, number)));
      if (c.code(0) > 0.1) {
        Tables.fail(table, c);
      } else {
        Tables.complete(table, c, c.code(1) + c.code(2) - c.code(0));
      }
      if (candidates.size() == run.strategy().lambda) {
        run = after(run, table, dimensions, candidates);
        candidates.clear();
        assertSame(replay.follow(TrialHistory.of(table)), run, dimensions);
      }
    }
    assertThat(redrawn).isGreaterThan(5);
  }

  /** The first draw that has these values. */
  private static int numberOf(
      Configuration values, SearchDistribution distribution, SamplerContext context) {
    double[] codes = {values.code(0), values.code(1), values.code(2)};
    for (int number = 0; number < LikelySuccess.MOST_DRAWS; number++) {
      if (distribution.draw(Replay.random(context, number)).agreesWith(codes)) {
        return number;
      }
    }
    throw new AssertionError("no draw gives " + values);
  }

  private static Run after(
      Run run, TrialTable table, Dimensions dimensions, List<Candidate> candidates) {
    Records records = new Records(dimensions.parameters());
    records.read(TrialHistory.of(table));
    int first = table.size() - candidates.size();
    List<Integer> rows = new ArrayList<>();
    for (int row = first; row < table.size(); row++) {
      rows.add(row);
    }
    rows.sort(records::compare);
    List<Candidate> ranked = rows.stream().map(row -> candidates.get(row - first)).toList();
    return run.after(Generation.of(records, rows, ranked, run.strategy().weights()));
  }

  private static void assertSame(Run run, Run expected, Dimensions dimensions) {
    assertThat(run.distribution().sigma()).isEqualTo(expected.distribution().sigma());
    for (int j = 0; j < dimensions.orderedCount(); j++) {
      assertThat(run.distribution().mean(j)).isEqualTo(expected.distribution().mean(j));
    }
  }
}
