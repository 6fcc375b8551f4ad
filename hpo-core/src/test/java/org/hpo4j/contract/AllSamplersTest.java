package org.hpo4j.contract;

import org.hpo4j.sampler.QuasiRandomSampler;
import org.hpo4j.sampler.RandomSampler;
import org.hpo4j.sampler.Sampler;
import org.hpo4j.sampler.auto.AutoSampler;
import org.hpo4j.sampler.cmaes.CmaEsSampler;
import org.hpo4j.sampler.gp.GpSampler;
import org.hpo4j.sampler.hyperband.AshaSampler;
import org.hpo4j.sampler.hyperband.HyperbandSampler;
import org.hpo4j.sampler.nsga.NsgaSampler;
import org.hpo4j.sampler.tpe.TpeSampler;
import org.junit.jupiter.api.Nested;

/**
 * Every sampler that goes by the search space keeps the contract. A grid does not: it suggests its
 * own points in whatever space a study has, so of the spaces here it could serve one only. What it
 * promises is in {@code ListSamplersTest}.
 */
class AllSamplersTest {

  @Nested
  class Random extends SamplerContract {
    @Override
    protected Sampler newSampler() {
      return RandomSampler.ofDefaults();
    }

    @Override
    protected boolean avoidsFailures() {
      return false;
    }
  }

  @Nested
  class QuasiRandom extends SamplerContract {
    @Override
    protected Sampler newSampler() {
      return QuasiRandomSampler.ofDefaults();
    }
  }

  @Nested
  class Tpe extends SamplerContract {
    @Override
    protected Sampler newSampler() {
      return TpeSampler.ofDefaults();
    }
  }

  @Nested
  class UnivariateTpe extends SamplerContract {
    @Override
    protected Sampler newSampler() {
      return TpeSampler.builder().multivariate(false).build();
    }
  }

  @Nested
  class Gp extends SamplerContract {
    @Override
    protected Sampler newSampler() {
      return GpSampler.ofDefaults();
    }

    @Override
    protected boolean servesSeveralObjectives() {
      return false;
    }
  }

  @Nested
  class CmaEs extends SamplerContract {
    @Override
    protected Sampler newSampler() {
      return CmaEsSampler.ofDefaults();
    }

    @Override
    protected boolean servesSeveralObjectives() {
      return false;
    }
  }

  @Nested
  class Nsga extends SamplerContract {
    @Override
    protected Sampler newSampler() {
      return NsgaSampler.builder().populationSize(8).build();
    }
  }

  @Nested
  class Auto extends SamplerContract {
    @Override
    protected Sampler newSampler() {
      return AutoSampler.ofDefaults();
    }
  }

  @Nested
  class Hyperband extends SamplerContract {
    @Override
    protected Sampler newSampler() {
      return HyperbandSampler.of(20);
    }

    @Override
    protected boolean avoidsFailures() {
      return false;
    }

    @Override
    protected boolean servesSeveralObjectives() {
      return false;
    }
  }

  @Nested
  class BohbOfTpe extends SamplerContract {
    @Override
    protected Sampler newSampler() {
      return HyperbandSampler.builder(20).around(TpeSampler.ofDefaults()).build();
    }

    @Override
    protected boolean servesSeveralObjectives() {
      return false;
    }
  }

  @Nested
  class BohbOfGp extends SamplerContract {
    @Override
    protected Sampler newSampler() {
      return HyperbandSampler.builder(20).around(GpSampler.ofDefaults()).build();
    }

    @Override
    protected boolean servesSeveralObjectives() {
      return false;
    }
  }

  @Nested
  class Asha extends SamplerContract {
    @Override
    protected Sampler newSampler() {
      return AshaSampler.of(20);
    }

    @Override
    protected boolean avoidsFailures() {
      return false;
    }

    @Override
    protected boolean servesSeveralObjectives() {
      return false;
    }
  }

  @Nested
  class AshaOfQuasiRandom extends SamplerContract {
    @Override
    protected Sampler newSampler() {
      return AshaSampler.builder(20).around(QuasiRandomSampler.ofDefaults()).build();
    }

    @Override
    protected boolean servesSeveralObjectives() {
      return false;
    }
  }

  @Nested
  class AshaOfGp extends SamplerContract {
    @Override
    protected Sampler newSampler() {
      return AshaSampler.builder(20).around(GpSampler.ofDefaults()).build();
    }

    @Override
    protected boolean servesSeveralObjectives() {
      return false;
    }
  }
}
