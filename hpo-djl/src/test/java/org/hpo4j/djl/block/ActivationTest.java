package org.hpo4j.djl.block;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;
import java.util.function.UnaryOperator;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ActivationTest {
  private static final int MANY = 20_000;

  private final NDManager manager = NDManager.newBaseManager();

  @AfterEach
  void close() {
    manager.close();
  }

  @Test
  void rectifiersAreTheirFormulas() {
    assertThat(at(Activation.relu(), -2, 3)).containsExactly(0, 3);
    assertThat(at(Activation.leakyRelu(0.25), -2, 3)).containsExactly(-0.5, 3);
    assertThat(at(Activation.prelu(), -2, 3)).containsExactly(-0.5, 3);
    assertThat(at(Activation.sharedPrelu(), -2, 3)).containsExactly(-0.5, 3);
    assertThat(at(Activation.elu(), -2, 3))
        .containsExactly(new double[] {Math.expm1(-2), 3}, within(1e-12));
  }

  @ParameterizedTest
  @ValueSource(doubles = {-50, -2, -0.5, 0, 0.5, 2, 21, 90, 1000})
  void mishIsItsFormulaWhereDjlsOwnIsAnother(double x) {
    double expected = x * Math.tanh(x > 40 ? x : Math.log1p(Math.exp(x)));
    assertThat(at(Activation.mish(), x)[0]).isCloseTo(expected, within(1e-9));
  }

  // If one of these two fails, DJL was mended, and its block may take the place of ours.

  @Test
  void djlsOwnMishTakesTheLogarithmToBaseTwo() {
    NDArray x = manager.create(new double[] {0.5});
    assertThat(ai.djl.nn.Activation.mish(x).toDoubleArray()[0])
        .isCloseTo(0.5 * Math.tanh(Math.log1p(Math.exp(0.5)) / Math.log(2)), within(1e-9));
  }

  @Test
  void theGradientOfDjlsOwnMishIsNotANumberFarOut() {
    assertThat(gradientAt100(ai.djl.nn.Activation::mish)).isNaN();
    assertThat(gradientAt100(x -> forward(Activation.mish().block(), x, true))).isEqualTo(1);
  }

  private float gradientAt100(UnaryOperator<NDArray> function) {
    NDArray x = manager.create(new float[] {100});
    x.setRequiresGradient(true);
    try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
      collector.backward(function.apply(x));
      return x.getGradient().getFloat(0);
    }
  }

  @Test
  void aPreluHasASlopeForEachChannelOrOneForAll() {
    Shape shape = new Shape(1, 3, 1, 1);
    assertThat(slopes(Activation.prelu(), shape)).containsExactly(0.25f, 0.25f, 0.25f);
    assertThat(slopes(Activation.sharedPrelu(), shape)).containsExactly(0.25f);
  }

  @Test
  void aPreluGivesEachChannelItsOwnSlope() {
    Block prelu = Activation.prelu().block();
    NDArray x = manager.create(new float[] {-1, -1, 1}, new Shape(1, 3, 1, 1));
    prelu.initialize(manager, x.getDataType(), x.getShape());
    prelu.getParameters().get("slope").getArray().set(new float[] {0.5f, 2, 3});
    assertThat(forward(prelu, x, false).toFloatArray()).containsExactly(-0.5f, -2, 1);
  }

  @Test
  void uniformSlopesFillTheirRangeInTraining() {
    double[] slopes = drawn(SlopeLaw.uniform(0.1, 0.3));
    assertThat(DoubleStream.of(slopes)).allSatisfy(slope -> assertThat(slope).isBetween(0.1, 0.3));
    assertThat(mean(slopes)).isCloseTo(0.2, within(0.002));
    assertThat(deviation(slopes)).isCloseTo(0.2 / Math.sqrt(12), within(0.002));
  }

  @Test
  void normalSlopesHaveTheirMeanAndDeviationInTraining() {
    double[] slopes = drawn(SlopeLaw.normal(0.4, 0.2));
    assertThat(mean(slopes)).isCloseTo(0.4, within(0.006));
    assertThat(deviation(slopes)).isCloseTo(0.2, within(0.006));
    assertThat(DoubleStream.of(slopes)).anyMatch(slope -> slope < 0);
  }

  @Test
  void slopesAreTheirMeanOutsideOfTraining() {
    NDArray x = manager.create(new double[] {-1, 2}, new Shape(1, 2, 1, 1));
    Block block = Activation.randomizedLeakyRelu(SlopeLaw.uniform(0.1, 0.3)).block();
    assertThat(forward(block, x, false).toDoubleArray()).containsExactly(-0.2f, 2);
  }

  @Test
  void theEnginesSeedFixesWhatIsDrawn() {
    assertThat(drawn(SlopeLaw.uniform(0.1, 0.3))).isEqualTo(drawn(SlopeLaw.uniform(0.1, 0.3)));
  }

  @Test
  void kernelsBeforeALeakyRectifierVaryLess() {
    // He et al. 2015, equation 15: 2 / ((1 + slope^2) fanIn).
    assertThat(kernelDeviation(Activation.relu())).isCloseTo(Math.sqrt(2 / 144.0), within(1e-3));
    assertThat(kernelDeviation(Activation.leakyRelu(1)))
        .isCloseTo(Math.sqrt(1 / 144.0), within(1e-3));
  }

  @Test
  void slopesThatCannotBeAreRefused() {
    assertThatThrownBy(() -> Activation.leakyRelu(-0.1))
        .hasMessage("slope is -0.1, must be in [0, 1]");
    assertThatThrownBy(() -> SlopeLaw.uniform(0.3, 0.2))
        .hasMessage("lower is 0.3, must not be above upper, 0.2");
    assertThatThrownBy(() -> SlopeLaw.normal(0.3, Double.NaN))
        .hasMessage("deviation is NaN, must be finite and at least 0");
  }

  private double[] at(Activation activation, double... values) {
    NDArray x = manager.create(values, new Shape(1, 1, 1, values.length));
    return forward(activation.block(), x, true).toDoubleArray();
  }

  private float[] slopes(Activation activation, Shape shape) {
    Block block = activation.block();
    block.initialize(manager, DataType.FLOAT32, shape);
    return block.getParameters().get("slope").getArray().toFloatArray();
  }

  private double[] drawn(SlopeLaw law) {
    Engine.getInstance().setRandomSeed(5);
    NDArray x = manager.ones(new Shape(1, 1, 1, MANY)).toType(DataType.FLOAT64, false).neg();
    double[] y = forward(Activation.randomizedLeakyRelu(law).block(), x, true).toDoubleArray();
    return DoubleStream.of(y).map(value -> -value).toArray();
  }

  private double kernelDeviation(Activation activation) {
    Engine.getInstance().setRandomSeed(5);
    Block conv = Conv2d.builder(3, 256).followedBySlope(activation.slope()).build();
    conv.initialize(manager, DataType.FLOAT64, new Shape(1, 16, 4, 4));
    return deviation(conv.getParameters().get("kernel").getArray().toDoubleArray());
  }

  private static double mean(double[] values) {
    return DoubleStream.of(values).average().orElseThrow();
  }

  private static double deviation(double[] values) {
    double mean = mean(values);
    return Math.sqrt(
        DoubleStream.of(values).map(v -> (v - mean) * (v - mean)).average().orElseThrow());
  }

  private NDArray forward(Block block, NDArray x, boolean training) {
    block.initialize(manager, x.getDataType(), x.getShape());
    return block
        .forward(new ParameterStore(manager, false), new NDList(x), training)
        .singletonOrThrow();
  }
}
