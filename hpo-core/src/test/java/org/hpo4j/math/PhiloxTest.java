package org.hpo4j.math;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.core.source64.Philox4x64;
import org.junit.jupiter.api.Test;

class PhiloxTest {

  @Test
  void givesTheNumbersOfCommonsRng() {
    SplittableRandom random = new SplittableRandom(5);
    for (int repetition = 0; repetition < 1000; repetition++) {
      long key0 = random.nextLong();
      long key1 = random.nextLong();
      long number = random.nextInt(100_000);
      UniformRandomProvider own = new Philox(key0, key1, number);
      UniformRandomProvider theirs = new Philox4x64(new long[] {key0, key1, 0, 0, 0, number});
      for (int i = 0; i < 9; i++) {
        assertThat(own.nextLong()).isEqualTo(theirs.nextLong());
        assertThat(own.nextInt()).isEqualTo(theirs.nextInt());
        assertThat(own.nextDouble()).isEqualTo(theirs.nextDouble());
        assertThat(own.nextBoolean()).isEqualTo(theirs.nextBoolean());
      }
    }
  }

  @Test
  void aPurposeInTwoPartsIsTheSamePurpose() {
    KeyedRandom.Prefix prefix = KeyedRandom.Prefix.of("parameter ");
    for (String name : new String[] {"", "x", "größe", "λ", "x\uD83D\uDE00y"}) {
      assertThat(KeyedRandom.of(1, 2, prefix, name).nextLong())
          .isEqualTo(KeyedRandom.of(1, 2, "parameter " + name).nextLong());
    }
  }
}
