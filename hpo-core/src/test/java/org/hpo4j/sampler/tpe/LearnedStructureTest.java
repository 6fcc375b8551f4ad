package org.hpo4j.sampler.tpe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hpo4j.space.Parameters.choice;
import static org.hpo4j.space.Parameters.integer;
import static org.hpo4j.space.Parameters.uniform;

import java.util.List;
import org.hpo4j.sampler.structure.Structure;
import org.hpo4j.space.Configuration;
import org.hpo4j.space.Parameter;
import org.hpo4j.trial.TrialHistory;
import org.hpo4j.trial.TrialTable;
import org.junit.jupiter.api.Test;

class LearnedStructureTest {

  private static final Parameter<Integer> UNITS = integer("units", 1, 32);
  private static final Parameter<String> OPTIMIZER = choice("optimizer", "adam", "sgd");
  private static final Parameter<Double> MOMENTUM = uniform("momentum", 0, 1);

  private final TrialTable table = Histories.table();

  private void complete(int units, String optimizer) {
    Configuration.Builder values =
        Configuration.builder().set(UNITS, units).set(OPTIMIZER, optimizer);
    if (optimizer.equals("sgd")) {
      values.set(MOMENTUM, 0.5);
    }
    Histories.complete(table, values.build(), units);
  }

  /** Whether the momentum is drawn with these values. */
  private boolean draws(int units, String optimizer) {
    Structure structure = Structure.learned(TrialHistory.of(table));
    double[] given = new double[3];
    List<Parameter<?>> parameters = structure.parameters();
    given[parameters.indexOf(UNITS)] = UNITS.encode(units);
    given[parameters.indexOf(OPTIMIZER)] = OPTIMIZER.encode(optimizer);
    given[parameters.indexOf(MOMENTUM)] = 0.25;
    double[] codes = new double[3];
    structure.walk(dimension -> given[dimension], codes);
    return !Double.isNaN(codes[parameters.indexOf(MOMENTUM)]);
  }

  @Test
  void aParameterOfManyValuesDoesNotPassForTheSelector() {
    for (int units = 1; units <= 20; units++) {
      complete(units, units % 3 == 0 ? "adam" : "sgd");
    }
    for (int units = 1; units <= 32; units++) {
      assertThat(draws(units, "sgd")).as("units=%d, sgd", units).isTrue();
      assertThat(draws(units, "adam")).as("units=%d, adam", units).isFalse();
    }
  }

  @Test
  void oneTrialIsNoRule() {
    complete(1, "sgd");
    complete(2, "adam");
    assertThat(draws(2, "adam")).isTrue();
    complete(3, "adam");
    assertThat(draws(2, "adam")).isFalse();
  }
}
