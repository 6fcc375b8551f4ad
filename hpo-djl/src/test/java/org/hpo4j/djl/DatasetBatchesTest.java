package org.hpo4j.djl;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.dataset.ArrayDataset;
import ai.djl.training.dataset.RandomAccessDataset;
import ai.djl.translate.Pipeline;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.hpo4j.study.RunOptions;
import org.hpo4j.study.Study;
import org.junit.jupiter.api.Test;

class DatasetBatchesTest {
  private static final int EXAMPLES = 10;

  /** Example i has features (i, i + 0.5) and label i % 2. */
  private static RandomAccessDataset dataset(NDManager manager, Pipeline pipeline) {
    float[] features = new float[2 * EXAMPLES];
    long[] labels = new long[EXAMPLES];
    for (int i = 0; i < EXAMPLES; i++) {
      features[2 * i] = i;
      features[2 * i + 1] = i + 0.5f;
      labels[i] = i % 2;
    }
    return new ArrayDataset.Builder()
        .setData(manager.create(features, new Shape(EXAMPLES, 2)))
        .optLabels(manager.create(labels))
        .setSampling(3, false)
        .optPipeline(pipeline)
        .build();
  }

  @Test
  void batchesAreOfTheSizeThatIsAskedForHoweverTheDatasetSamples() throws IOException {
    try (NDManager manager = NDManager.newBaseManager()) {
      DatasetBatches batches = DatasetBatches.of(dataset(manager, new Pipeline()), 4);

      assertThat(batches.batches()).isEqualTo(3);
      assertThat(batches.load(0, 0).features().get(0).floats())
          .containsExactly(0, 0.5f, 1, 1.5f, 2, 2.5f, 3, 3.5f);
      assertThat(batches.load(0, 2).labels().get(0).longs()).containsExactly(0, 1);
    }
  }

  @Test
  void transformationsOfTheDatasetAreApplied() throws IOException {
    try (NDManager manager = NDManager.newBaseManager()) {
      Pipeline twice = new Pipeline().add((NDArray array) -> array.mul(2));
      DatasetBatches batches = DatasetBatches.of(dataset(manager, twice), 2);

      assertThat(batches.load(0, 0).features().get(0).floats()).containsExactly(0, 1, 2, 3);
    }
  }

  @Test
  void eachEpochHasAllExamplesInAnOrderOfItsOwn() throws IOException {
    try (NDManager manager = NDManager.newBaseManager()) {
      DatasetBatches batches = DatasetBatches.of(dataset(manager, new Pipeline()), 4).shuffled(1);

      assertThat(firstFeatures(batches, 0))
          .containsExactlyInAnyOrderElementsOf(firstFeatures(batches, 1));
      assertThat(firstFeatures(batches, 0))
          .hasSize(EXAMPLES)
          .doesNotHaveDuplicates()
          .isEqualTo(firstFeatures(batches, 0))
          .isNotEqualTo(firstFeatures(batches, 1));
    }
  }

  private static List<Float> firstFeatures(BatchSource batches, int epoch) throws IOException {
    List<Float> features = new ArrayList<>();
    for (int i = 0; i < batches.batches(); i++) {
      float[] values = batches.load(epoch, i).features().get(0).floats();
      for (int k = 0; k < values.length; k += 2) {
        features.add(values[k]);
      }
    }
    return features;
  }

  @Test
  void anObjectiveTrainsOnADataset() throws IOException {
    try (NDManager manager = NDManager.newBaseManager()) {
      DatasetBatches batches = DatasetBatches.of(dataset(manager, new Pipeline()), 5);
      Study study = Study.named("points").minimize("loss").seed(1).create();
      study.optimize(
          Points.objective().training(batches.shuffled(1)).validation(batches).build(),
          RunOptions.trials(1));

      assertThat(study.best().reports("")).hasSize(4);
    }
  }

  @Test
  void examplesOnTheHeapAreBatchedInTheSameWay() {
    ArrayData features = ArrayData.of(new float[] {0, 1, 2, 3, 4}, 5, 1);
    ArrayData labels = ArrayData.of(new byte[] {0, 1, 2, 3, 4}, 5);
    ExampleBatches batches = ExampleBatches.of(features, labels, 2);

    assertThat(batches.batches()).isEqualTo(3);
    assertThat(batches.load(0, 2).features().get(0).floats()).containsExactly(4);
    Batch shuffled = batches.shuffled(3).load(5, 0);
    assertThat(shuffled.features().get(0).shape()).isEqualTo(new Shape(2, 1));
    assertThat(shuffled.labels().get(0).toString()).isEqualTo("uint8(2)");
  }
}
