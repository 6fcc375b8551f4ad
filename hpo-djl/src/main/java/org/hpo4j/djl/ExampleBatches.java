package org.hpo4j.djl;

import java.util.OptionalLong;

/**
 * Batches of examples that fit on the heap. Their size, and whether they are shuffled, may be
 * parameters:
 *
 * <pre>{@code
 * .training(trial -> {
 *   var batches = ExampleBatches.of(features, labels, trial.choice("batch", 16, 32, 64));
 *   return trial.bool("shuffle") ? batches.shuffled(7) : batches;
 * })
 * }</pre>
 */
public final class ExampleBatches implements BatchSource {
  private final ArrayData features;
  private final ArrayData labels;
  private final Order order;

  private ExampleBatches(ArrayData features, ArrayData labels, Order order) {
    this.features = features;
    this.labels = labels;
    this.order = order;
  }

  /**
   * Returns the examples in batches, in their order; the last batch may be smaller.
   *
   * @param features first dimension the examples
   * @param labels as many examples
   * @param batchSize at least 1
   */
  public static ExampleBatches of(ArrayData features, ArrayData labels, int batchSize) {
    Batch all = Batch.of(features, labels);
    return new ExampleBatches(
        features, labels, new Order(all.examples(), batchSize, OptionalLong.empty()));
  }

  /** Returns the same examples in an order drawn anew for each epoch. */
  public ExampleBatches shuffled(long seed) {
    return new ExampleBatches(features, labels, order.shuffled(seed));
  }

  @Override
  public int batches() {
    return order.batches();
  }

  @Override
  public Batch load(int epoch, int batch) {
    int[] examples = order.batch(epoch, batch);
    return Batch.of(features.select(examples), labels.select(examples));
  }
}
