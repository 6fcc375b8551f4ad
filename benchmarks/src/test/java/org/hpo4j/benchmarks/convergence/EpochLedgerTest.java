package org.hpo4j.benchmarks.convergence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.hpo4j.space.Configuration;
import org.junit.jupiter.api.Test;

class EpochLedgerTest {

  private static final Configuration ANY = Configuration.empty();

  @Test
  void everyEpochIsPaidAndTheLowestErrorCounts() {
    EpochLedger ledger = ledger(5, 9, 7, 8);
    ledger.payAll(0, ANY);
    ledger.pay(1, ANY, 1);
    ledger.pay(1, ANY, 2);
    assertThat(ledger.isUsedUp()).isTrue();
    assertThat(ledger.regrets()).containsExactly(8, 6, 6, 6, 6);
  }

  @Test
  void aTrainingToTheEndIsAnsweredWithItsLastError() {
    assertThat(ledger(5, 9, 7, 8).payAll(0, ANY)).isEqualTo(8);
  }

  @Test
  void aContinuedTrainingPaysItsNewEpochsOnly() {
    EpochLedger ledger = ledger(3, 9, 7, 8);
    ledger.pay(0, ANY, 1);
    ledger.pay(1, ANY, 2);
    ledger.pay(1, ANY, 3);
    assertThat(ledger.regrets()).containsExactly(8, 6, 6);
  }

  @Test
  void whatIsAskedBeyondTheBudgetCountsForNothing() {
    EpochLedger ledger = ledger(1, 9, 7);
    assertThat(ledger.payAll(0, ANY)).isEqualTo(7);
    assertThat(ledger.regrets()).containsExactly(8);
  }

  @Test
  void withEpochsLeftThereAreNoRegrets() {
    EpochLedger ledger = ledger(3, 9, 7);
    ledger.payAll(0, ANY);
    assertThatThrownBy(ledger::regrets)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("ended after 2 epochs");
  }

  /** Whose trainings all have these errors, the lowest known being 1. */
  private static EpochLedger ledger(int budget, double... errors) {
    return new EpochLedger(configuration -> errors, 1, budget);
  }
}
