package org.hpo4j.sampler.cmaes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hpo4j.space.Parameters.uniform;

import java.util.List;
import java.util.stream.IntStream;
import org.hpo4j.space.Configuration;
import org.hpo4j.space.Parameter;
import org.hpo4j.trial.Outcome;
import org.hpo4j.trial.TrialHistory;
import org.hpo4j.trial.TrialTable;
import org.junit.jupiter.api.Test;

class RecordsTest {

  private static final Parameter<Double> X = uniform("x", 0, 100);

  private final TrialTable table = Tables.empty();
  private final Records records = new Records(List.of(X));

  private Configuration x(double value) {
    return Configuration.builder().set(X, value).build();
  }

  private void prune(double... reports) {
    int number = Tables.start(table, x(number()));
    for (int step = 0; step < reports.length; step++) {
      table.report(number, TrialTable.OBJECTIVE, step, reports[step]);
    }
    Tables.finish(table, number, x(number), Outcome.pruned());
  }

  private int number() {
    return table.size();
  }

  @Test
  void ordersByOutcome() {
    Tables.fail(table, x(0));
    prune();
    prune(9, 9);
    prune(9, 8);
    prune(1);
    Tables.complete(table, x(5), Double.POSITIVE_INFINITY);
    Tables.complete(table, x(6), 4);
    Tables.complete(table, x(7), Double.NEGATIVE_INFINITY);
    records.read(TrialHistory.of(table));
    assertThat(IntStream.range(0, 8).boxed().sorted(records::compare))
        .containsExactly(7, 6, 5, 3, 2, 4, 1, 0);
  }

  @Test
  void equalOutcomesAreEqual() {
    Tables.fail(table, x(0));
    Tables.fail(table, x(1));
    Tables.complete(table, x(2), 0.0);
    Tables.complete(table, x(3), -0.0);
    records.read(TrialHistory.of(table));
    assertThat(records.compare(0, 1)).isZero();
    assertThat(records.compare(2, 3)).isZero();
  }

  @Test
  void saysUpToWhereNothingHasChanged() {
    Tables.complete(table, x(0), 1);
    int straggler = Tables.start(table, x(1));
    Tables.complete(table, x(2), 2);
    assertThat(records.read(TrialHistory.of(table))).isZero();
    assertThat(records.read(TrialHistory.of(table))).isEqualTo(2);
    Tables.complete(table, x(3), 3);
    assertThat(records.read(TrialHistory.of(table))).isEqualTo(2);
    Tables.finish(table, straggler, x(1), Outcome.completed(4));
    assertThat(records.read(TrialHistory.of(table))).isEqualTo(1);
    assertThat(records.size()).isEqualTo(4);
    assertThat(records.number(1)).isEqualTo(straggler);
  }
}
