package org.hpo4j.djl;

import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Which examples each batch has: one after the other, or in an order drawn for each epoch.
 *
 * @param examples number of examples
 * @param batchSize examples of a batch, of which the last one may have fewer
 * @param seed of the orders; empty for that of the numbers
 */
record Order(int examples, int batchSize, OptionalLong seed) {

  Order {
    Checks.requirePositive("examples", examples);
    Checks.requirePositive("batchSize", batchSize);
  }

  Order shuffled(long orderSeed) {
    return new Order(examples, batchSize, OptionalLong.of(orderSeed));
  }

  int batches() {
    return (examples + batchSize - 1) / batchSize;
  }

  int[] batch(int epoch, int batch) {
    int from = batch * batchSize;
    int until = Math.min(examples, from + batchSize);
    int[] order = IntStream.range(0, examples).toArray();
    if (seed.isPresent()) {
      // Fisher and Yates, from the front: no further than the batch.
      SplittableRandom random = new SplittableRandom(Seeds.ofEpoch(seed.getAsLong(), epoch));
      for (int i = 0; i < until; i++) {
        int other = random.nextInt(i, examples);
        int swapped = order[i];
        order[i] = order[other];
        order[other] = swapped;
      }
    }
    return IntStream.range(from, until).map(i -> order[i]).toArray();
  }
}
