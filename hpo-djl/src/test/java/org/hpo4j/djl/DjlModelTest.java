package org.hpo4j.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import ai.djl.training.evaluator.Accuracy;
import ai.djl.training.initializer.UniformInitializer;
import ai.djl.training.loss.Loss;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DjlModelTest {
  private static final ArrayData INPUT = ArrayData.of(new float[] {1, 2, 3, -4}, 2, 2);

  private static DjlModel open(Block block, long seed) {
    return DjlModel.open(
        block, name -> new SplittableRandom(seed + name.hashCode()), Device.cpu(), new Shape(1, 2));
  }

  @Test
  void predictsWithTheWeightsThatItIsGiven() {
    try (DjlModel model = open(Points.line(), 1)) {
      model.setWeights("weight", ArrayData.of(new float[] {1, 10, 0, -1}, 2, 2));

      ArrayData output = model.predict(INPUT);
      assertThat(output.shape()).isEqualTo(new Shape(2, 2));
      assertThat(output.floats()).containsExactly(21, -2, -37, 4);
    }
  }

  @Test
  void lossIsWeightedByEachBatchsExamples() throws IOException {
    float[] points = {1, 0, 0, 1, 1, 1};
    ArrayData features = ArrayData.of(points, 3, 2);
    ArrayData labels = ArrayData.of(new long[] {0, 1, 1}, 3);
    try (DjlModel model = open(Points.line(), 1)) {
      Loss loss = Loss.softmaxCrossEntropyLoss();
      Evaluation whole = model.evaluate(ExampleBatches.of(features, labels, 3), loss, Map.of());
      Evaluation parts =
          model.evaluate(
              ExampleBatches.of(features, labels, 2), loss, Map.of("accuracy", new Accuracy()));

      assertThat(parts.loss()).isCloseTo(whole.loss(), within(1e-6));
      assertThat(parts.metrics()).containsKey("accuracy");
    }
  }

  @Test
  void firstWeightsOfAParameterDependOnItsNameAlone() {
    try (DjlModel alone = open(Points.line(), 1);
        DjlModel again = open(Points.line(), 1);
        DjlModel other = open(Points.line(), 2)) {
      assertThat(again.weights("weight").floats()).isEqualTo(alone.weights("weight").floats());
      assertThat(other.weights("weight").floats()).isNotEqualTo(alone.weights("weight").floats());
    }
  }

  @Test
  void anInitializerOfDjlsOwnIsRepeatableToo() {
    try (DjlModel first = open(uniform(), 1);
        DjlModel second = open(uniform(), 1)) {
      assertThat(second.weights("weight").floats())
          .isEqualTo(first.weights("weight").floats())
          .satisfies(
              values -> {
                for (float value : values) {
                  assertThat(value).isBetween(-0.5f, 0.5f);
                }
              });
    }
  }

  private static Block uniform() {
    Block block = Points.line();
    block.setInitializer(new UniformInitializer(0.5f), Parameter.Type.WEIGHT);
    return block;
  }

  @Test
  void savedWeightsComeBackToTheLastBit(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("weights.safetensors");
    try (DjlModel saved = open(Points.deep(), 1);
        DjlModel loaded = open(Points.deep(), 2)) {
      saved.save(file);
      loaded.load(file);

      for (String name : saved.names()) {
        assertThat(loaded.weights(name).floats()).isEqualTo(saved.weights(name).floats());
      }
      assertThat(loaded.predict(INPUT).floats()).isEqualTo(saved.predict(INPUT).floats());
    }
  }

  @Test
  void anExportedModelIsOneOfDjls(@TempDir Path folder) throws Exception {
    try (DjlModel model = open(Points.deep(), 1);
        Model loaded = Model.newInstance("points", Device.cpu());
        NDManager manager = NDManager.newBaseManager()) {
      model.export(folder, "points");
      loaded.setBlock(Points.deep());
      loaded.load(folder, "points");

      NDList inputs = new NDList(manager.create(INPUT.floats(), new Shape(2, 2)));
      float[] outputs =
          loaded
              .getBlock()
              .forward(new ParameterStore(manager, false), inputs, false)
              .singletonOrThrow()
              .toFloatArray();
      assertThat(outputs).isEqualTo(model.predict(INPUT).floats());
    }
  }

  @Test
  void weightsOfAnotherNetworkAreRefusedAndNothingHasChanged(@TempDir Path folder)
      throws IOException {
    Path file = folder.resolve("weights.safetensors");
    try (DjlModel deep = open(Points.deep(), 1);
        DjlModel line = open(Points.line(), 1)) {
      float[] before = line.weights("weight").floats();
      deep.save(file);

      assertThatThrownBy(() -> line.load(file))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "'%s' is of another network: 'weight' is missing there, must be float32(2, 2)", file);
      assertThat(line.weights("weight").floats()).isEqualTo(before);
    }
  }

  @Test
  void weightsOfAnotherTypeAreRefusedAndNothingHasChanged(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("weights.safetensors");
    try (DjlModel model = open(Points.deep(), 1)) {
      Map<String, ArrayData> weights = new LinkedHashMap<>(model.weights());
      String first = model.names().get(0);
      String last = model.names().get(model.names().size() - 1);
      float[] before = model.weights(first).floats();
      weights.put(first, ArrayData.of(new float[before.length], shape(model, first)));
      int count = Math.toIntExact(model.weights(last).shape().size());
      weights.put(last, ArrayData.of(new int[count], shape(model, last)));
      ArrayFile.write(file, weights);

      assertThatThrownBy(() -> model.load(file))
          .hasMessageContaining("'" + last + "' is int32(")
          .hasMessageContaining("must be float32(");
      assertThat(model.weights(first).floats()).isEqualTo(before);
    }
  }

  private static long[] shape(DjlModel model, String name) {
    return model.weights(name).shape().getShape();
  }

  @Test
  void aShapeThatIsTooLargeToBeIsAFileOfAnotherFormat(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("weights.safetensors");
    String header =
        "{\"weight\":{\"dtype\":\"F32\",\"shape\":[4294967296,4294967296],"
            + "\"data_offsets\":[0,16]}}";
    ByteBuffer bytes = ByteBuffer.allocate(8 + header.length() + 16).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putLong(header.length()).put(header.getBytes(StandardCharsets.UTF_8));
    Files.write(file, bytes.array());
    try (DjlModel model = open(Points.line(), 1)) {
      assertThatThrownBy(() -> model.load(file))
          .hasMessageStartingWith("'" + file + "' is no file of weights in the safetensors format");
    }
  }

  @Test
  void weightsOfAnotherShapeAreRefused() {
    try (DjlModel model = open(Points.line(), 1)) {
      assertThatThrownBy(() -> model.setWeights("weight", ArrayData.of(new float[6], 3, 2)))
          .hasMessage("weights of 'weight' are float32(3, 2), must be float32(2, 2)");
    }
  }

  @Test
  void aFileThatIsCutOffIsNamed(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("weights.safetensors");
    try (DjlModel model = open(Points.line(), 1)) {
      model.save(file);
      byte[] bytes = Files.readAllBytes(file);
      Files.write(file, Arrays.copyOf(bytes, bytes.length - 3));

      assertThatThrownBy(() -> model.load(file)).hasMessage("'%s' is cut off", file);
    }
  }

  @Test
  void aFileOfAnotherFormatIsNamed(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("weights.safetensors"), "no weights at all");
    try (DjlModel model = open(Points.line(), 1)) {
      assertThatThrownBy(() -> model.load(file))
          .hasMessageStartingWith("'" + file + "' is no file of weights in the safetensors format");
    }
  }

  @Test
  void aGpuThatIsNotThereIsRefusedWhenTheObjectiveIsBuilt() {
    assertThatThrownBy(() -> Points.objective().device(Device.gpu(1000)).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("device is gpu(1000), must be one that the engine can use: it has");
  }

  @Test
  void aNegativeNumberIsNoGpu() {
    assertThatThrownBy(() -> DjlModel.requirePresent(Device.gpu(-1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("device is gpu(-1), must be one that the engine can use: it has");
  }
}
