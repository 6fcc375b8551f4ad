package org.hpo4j.djl;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.training.dataset.RandomAccessDataset;
import ai.djl.translate.TranslateException;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;

/**
 * Batches of a DJL data set, with its own transformations.
 *
 * <p>Which examples a batch has is decided here, so that batch size and order may be parameters and
 * a promoted trial goes on exactly; the sampling that the data set was built with has no effect.
 * Transformations that draw, such as random flips, take their numbers from DJL's generator by
 * chance of the threads: with these a training is not repeatable.
 *
 * <p>The data set is used by one thread at a time.
 */
public final class DatasetBatches implements BatchSource {
  private final RandomAccessDataset dataset;
  private final Order order;

  private DatasetBatches(RandomAccessDataset dataset, Order order) {
    this.dataset = dataset;
    this.order = order;
  }

  /**
   * Returns the examples in batches, in their order; the last batch may be smaller.
   *
   * @param dataset prepared here, which may read or fetch it
   * @param batchSize at least 1
   * @throws IOException if the data can't be read
   */
  public static DatasetBatches of(RandomAccessDataset dataset, int batchSize) throws IOException {
    EngineLibrary.engine();
    try {
      dataset.prepare();
    } catch (TranslateException e) {
      throw new IOException("the data set can't be prepared: " + e.getMessage(), e);
    }
    int examples = Math.toIntExact(dataset.size());
    return new DatasetBatches(dataset, new Order(examples, batchSize, OptionalLong.empty()));
  }

  /** Returns the same examples in an order drawn anew for each epoch. */
  public DatasetBatches shuffled(long seed) {
    return new DatasetBatches(dataset, order.shuffled(seed));
  }

  @Override
  public int batches() {
    return order.batches();
  }

  @Override
  public Batch load(int epoch, int batch) throws IOException {
    List<Long> examples =
        Arrays.stream(order.batch(epoch, batch)).asLongStream().boxed().toList();
    synchronized (dataset) {
      try (NDManager manager = NDManager.newBaseManager(ai.djl.Device.cpu())) {
        ai.djl.training.dataset.Batch loaded =
            dataset.getData(manager, new OneBatch(examples)).iterator().next();
        return new Batch(copies(loaded.getData()), copies(loaded.getLabels()));
      } catch (TranslateException e) {
        throw new IOException("batch %d can't be made: %s".formatted(batch, e.getMessage()), e);
      }
    }
  }

  private static List<ArrayData> copies(NDList arrays) {
    return arrays.stream().map(ArrayData::of).toList();
  }

  /** A sampler of DJL's that gives one batch. */
  private record OneBatch(List<Long> examples) implements ai.djl.training.dataset.Sampler {
    @Override
    public java.util.Iterator<List<Long>> sample(RandomAccessDataset dataset) {
      return List.of(examples).iterator();
    }

    @Override
    public int getBatchSize() {
      return examples.size();
    }
  }
}
