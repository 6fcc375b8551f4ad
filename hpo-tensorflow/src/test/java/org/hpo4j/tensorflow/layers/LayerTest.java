package org.hpo4j.tensorflow.layers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import org.hpo4j.tensorflow.GradientCheck;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.op.nn.Conv2d.Options;
import org.tensorflow.types.TFloat32;

/** What layers compute, against values worked out otherwise. */
class LayerTest {
  private static final float[] LINE = {-2, -1, -0.5f, 0.5f, 1, 2};

  @Test
  void mishIsThatOfItsDefinition() {
    float[] values = ofLine(Activation.mish(), Mode.INFERENCE, 0);
    for (int i = 0; i < LINE.length; i++) {
      double x = LINE[i];
      assertThat((double) values[i])
          .isCloseTo(x * Math.tanh(Math.log1p(Math.exp(x))), within(1e-6));
    }
  }

  @Test
  void leakyRectifiersMultiplyNegativeValues() {
    assertThat(ofLine(Activation.leakyRelu(0.5), Mode.TRAINING, 0))
        .containsExactly(-1, -0.5f, -0.25f, 0.5f, 1, 2);
    assertThat(ofLine(Activation.prelu(), Mode.TRAINING, 0))
        .containsExactly(-0.5f, -0.25f, -0.125f, 0.5f, 1, 2);
  }

  @Test
  void randomSlopesAreTheirMeanAtInference() {
    assertThat(
            ofLine(Activation.randomizedLeakyRelu(SlopeLaw.uniform(0.25, 0.75)), Mode.INFERENCE, 0))
        .containsExactly(-1, -0.5f, -0.25f, 0.5f, 1, 2);
    assertThat(ofLine(Activation.randomizedLeakyRelu(SlopeLaw.normal(0.5, 0.1)), Mode.INFERENCE, 0))
        .containsExactly(-1, -0.5f, -0.25f, 0.5f, 1, 2);
  }

  @Test
  void uniformSlopesFollowTheirLaw() {
    float[] slopes = slopes(SlopeLaw.uniform(0.125, 0.375));
    for (float slope : slopes) {
      assertThat(slope).isBetween(0.125f, 0.375f);
    }
    assertThat(mean(slopes)).isCloseTo(0.25, within(0.01));
    assertThat(deviation(slopes)).isCloseTo(0.25 / Math.sqrt(12), within(0.005));
  }

  @Test
  void normalSlopesFollowTheirLaw() {
    float[] slopes = slopes(SlopeLaw.normal(0.4, 0.1));
    assertThat(mean(slopes)).isCloseTo(0.4, within(0.01));
    assertThat(deviation(slopes)).isCloseTo(0.1, within(0.005));
  }

  /** Of minus one, a randomized rectifier returns minus the slope. */
  private static float[] slopes(SlopeLaw law) {
    float[] ones = new float[4000];
    Arrays.fill(ones, -1);
    float[] values =
        run(variables -> Activation.randomizedLeakyRelu(law).layer(variables, "a", 1), ones, 0);
    for (int i = 0; i < values.length; i++) {
      values[i] = -values[i];
    }
    return values;
  }

  @Test
  void dropoutDropsItsShareAndKeepsTheMean() {
    float[] ones = new float[4000];
    Arrays.fill(ones, 1);
    float[] values = run(variables -> new Dropout("dropout", 0.75), ones, 0);
    assertThat(values).containsOnly(0f, 4f);
    assertThat(mean(values)).isCloseTo(1, within(0.1));
  }

  @Test
  void dropoutFollowsFromStepAndName() {
    float[] ones = new float[64];
    Arrays.fill(ones, 1);
    float[] first = run(variables -> new Dropout("a", 0.5), ones, 3);
    assertThat(run(variables -> new Dropout("a", 0.5), ones, 3)).isEqualTo(first);
    assertThat(run(variables -> new Dropout("a", 0.5), ones, 4)).isNotEqualTo(first);
    assertThat(run(variables -> new Dropout("b", 0.5), ones, 3)).isNotEqualTo(first);
  }

  @Test
  void dropoutKeepsAllAtInference() {
    Activation dropout = (variables, name, channels) -> new Dropout(name, 0.5);
    assertThat(ofLine(dropout, Mode.INFERENCE, 0)).isEqualTo(LINE);
  }

  /** The engine's forward pass of a dilated convolution is right; only its gradient is not. */
  @ParameterizedTest
  @CsvSource({"2, 6, 6", "2, 5, 7", "3, 5, 8", "4, 3, 2"})
  void dilatedConvolutionsEqualTheEngines(int rate, int height, int width) {
    float[] image = GradientCheck.randomValues(height * width * 2);
    float[] kernel = GradientCheck.randomValues(3 * 3 * 2 * 3);
    try (Graph graph = new Graph();
        Session session = new Session(graph)) {
      Ops tf = Ops.create(graph);
      Operand<TFloat32> x =
          tf.reshape(tf.constant(image), tf.constant(new int[] {1, height, width, 2}));
      Operand<TFloat32> k = tf.reshape(tf.constant(kernel), tf.constant(new int[] {3, 3, 2, 3}));
      Options dilations =
          org.tensorflow.op.nn.Conv2d.dilations(List.of(1L, (long) rate, (long) rate, 1L));
      float[] own = fetch(session, DilatedConvolution.apply(tf, x, k, 3, rate));
      float[] engine =
          fetch(session, tf.nn.conv2d(x, k, List.of(1L, 1L, 1L, 1L), "SAME", dilations));
      assertThat(own).hasSize(height * width * 3).containsExactly(engine, within(1e-5f));
    }
  }

  @Test
  void optionsOutsideTheirRangeAreRefused() {
    assertThatThrownBy(() -> new Dropout("drop", 1))
        .hasMessage("dropout rate of 'drop' is 1.0, must be in [0, 1)");
    assertThatThrownBy(() -> Activation.leakyRelu(-0.1))
        .hasMessage("slope is -0.1, must be in [0, 1]");
    assertThatThrownBy(() -> SlopeLaw.uniform(0.5, 0.25))
        .hasMessage("lower is 0.5, must not be above upper, 0.25");
    assertThatThrownBy(() -> SlopeLaw.normal(0.5, Double.NaN))
        .hasMessage("deviation is NaN, must be finite and at least 0");
    try (Graph graph = new Graph()) {
      Variables variables = Variables.of(Ops.create(graph), name -> new SplittableRandom(1));
      Conv2d conv = Conv2d.of(variables, "conv", 3, 1, 1);
      Conv2d even = Conv2d.of(variables, "even", 2, 1, 1);
      assertThatThrownBy(() -> conv.withDilation(0))
          .hasMessage("dilation of 'conv' is 0, must be at least 1");
      assertThatThrownBy(() -> even.withDilation(2))
          .hasMessage("size of 'even' is 2, must be odd with a dilation above 1");
      assertThatThrownBy(() -> conv.withDilation(2).withStride(2))
          .hasMessage("'conv' has stride 2 and dilation 2, only one of them may be above 1");
    }
  }

  private static float[] ofLine(Activation activation, Mode mode, long step) {
    return run(variables -> activation.layer(variables, "place", 1), LINE, mode, step);
  }

  private static float[] run(Function<Variables, Layer> layer, float[] input, long step) {
    return run(layer, input, Mode.TRAINING, step);
  }

  /** Applies a layer to an image of one channel and one row. */
  private static float[] run(
      Function<Variables, Layer> layer, float[] input, Mode mode, long step) {
    try (Graph graph = new Graph();
        Session session = new Session(graph)) {
      Ops tf = Ops.create(graph);
      Variables variables = Variables.of(tf, name -> new SplittableRandom(1));
      Tower tower = Tower.of(tf, mode, tf.constant(9L), tf.constant(step));
      Operand<TFloat32> x =
          tf.reshape(tf.constant(input), tf.constant(new int[] {1, 1, input.length, 1}));
      Operand<TFloat32> y = layer.apply(variables).apply(tower, x);
      variables.initialize(session);
      return fetch(session, y);
    }
  }

  private static float[] fetch(Session session, Operand<TFloat32> operand) {
    try (var result = session.runner().fetch(operand).run()) {
      TFloat32 fetched = (TFloat32) result.get(0);
      float[] values = new float[Math.toIntExact(fetched.size())];
      fetched.copyTo(DataBuffers.of(values, false, false));
      return values;
    }
  }

  private static double mean(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += value;
    }
    return sum / values.length;
  }

  private static double deviation(float[] values) {
    double mean = mean(values);
    double sum = 0;
    for (float value : values) {
      sum += (value - mean) * (value - mean);
    }
    return Math.sqrt(sum / values.length);
  }
}
