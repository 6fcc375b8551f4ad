package org.hpo4j.contract;

import org.hpo4j.pruner.HyperbandPruner;
import org.hpo4j.pruner.MedianPruner;
import org.hpo4j.pruner.PatientPruner;
import org.hpo4j.pruner.PercentilePruner;
import org.hpo4j.pruner.Pruner;
import org.hpo4j.pruner.SuccessiveHalvingPruner;
import org.hpo4j.pruner.ThresholdPruner;
import org.hpo4j.pruner.WilcoxonPruner;
import org.junit.jupiter.api.Nested;

/** Every pruner keeps the contract. */
class AllPrunersTest {

  @Nested
  class None extends PrunerContract {
    @Override
    protected Pruner newPruner() {
      return Pruner.none();
    }
  }

  @Nested
  class Median extends PrunerContract {
    @Override
    protected Pruner newPruner() {
      return new MedianPruner(1, 0);
    }
  }

  @Nested
  class Percentile extends PrunerContract {
    @Override
    protected Pruner newPruner() {
      return PercentilePruner.of(25).withStartupTrials(2).withIntervalSteps(2);
    }
  }

  @Nested
  class SuccessiveHalving extends PrunerContract {
    @Override
    protected Pruner newPruner() {
      return SuccessiveHalvingPruner.of(1).withReductionFactor(2);
    }
  }

  @Nested
  class Hyperband extends PrunerContract {
    @Override
    protected Pruner newPruner() {
      return HyperbandPruner.of(9);
    }
  }

  @Nested
  class Wilcoxon extends PrunerContract {
    @Override
    protected Pruner newPruner() {
      return WilcoxonPruner.ofDefaults().withPThreshold(0.3);
    }
  }

  @Nested
  class Patient extends PrunerContract {
    @Override
    protected Pruner newPruner() {
      return PatientPruner.of(new MedianPruner(1, 0), 2);
    }
  }

  @Nested
  class Threshold extends PrunerContract {
    @Override
    protected Pruner newPruner() {
      return ThresholdPruner.between(-1, 1);
    }
  }
}
