package org.hpo4j.sampler.gp;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Some of many observations, for what would take too long with all: the best half of the allowance
 * by value, since the minimum is searched near them, and of the others every so manyth, so that the
 * model does not forget what lies elsewhere.
 */
final class Subset {

  private Subset() {}

  /**
   * Chooses among the first n observations.
   *
   * @param most how many at most
   * @return their indices in ascending order; all if there are no more
   */
  static int[] of(double[] values, int n, int most) {
    if (n <= most) {
      return IntStream.range(0, n).toArray();
    }
    int[] byValue =
        IntStream.range(0, n)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> values[i]))
            .mapToInt(i -> i)
            .toArray();
    BitSet chosen = new BitSet(n);
    int best = most / 2;
    for (int i = 0; i < best; i++) {
      chosen.set(byValue[i]);
    }
    int[] others = IntStream.range(0, n).filter(i -> !chosen.get(i)).toArray();
    int rest = most - best;
    for (int i = 0; i < rest; i++) {
      chosen.set(others[(int) ((long) i * others.length / rest)]);
    }
    return chosen.stream().toArray();
  }

  /** The same, followed by the observations from {@code n} to {@code all}. */
  static int[] withRest(double[] values, int n, int all, int most) {
    int[] chosen = of(values, n, most);
    int[] indices = Arrays.copyOf(chosen, chosen.length + all - n);
    for (int i = n; i < all; i++) {
      indices[chosen.length + i - n] = i;
    }
    return indices;
  }
}
