package org.hpo4j.tensorflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class BatchTest {

  @Test
  void aShapeThatDoesNotFitTheValuesIsRefused() {
    assertThatThrownBy(() -> TensorData.of(new float[5], 2, 3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("shape is [2, 3], its size must equal the number of values, 5");
    assertThatThrownBy(() -> TensorData.of(new int[1], -1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void featuresAndLabelsHaveAsManyExamples() {
    assertThatThrownBy(
            () -> new Batch<>(TensorData.of(new float[4], 2, 2), TensorData.of(new int[3], 3)))
        .hasMessage("batch has 2 features and 3 labels, must have as many of both, at least one");
  }

  @Test
  void theCosineFallsFromTheRateToZero() {
    LearningRate rate = LearningRate.cosine(0.2);
    assertThat(rate.at(0, 10)).isEqualTo(0.2);
    assertThat(rate.at(5, 10)).isEqualTo(0.1);
    assertThat(rate.at(9, 10)).isLessThan(0.01).isGreaterThan(0);
  }

  @Test
  void theInverseTimeFallsAsInKeras() {
    LearningRate rate = LearningRate.inverseTime(0.01, 0.5);
    assertThat(rate.at(0, 10)).isEqualTo(0.01);
    assertThat(rate.at(2, 10)).isEqualTo(0.005);
    assertThat(rate.at(6, 10)).isEqualTo(0.0025);
    assertThatThrownBy(() -> LearningRate.inverseTime(0.01, -1))
        .hasMessage("decay is -1.0, must be finite and at least 0");
  }

  @Test
  void aSlotsGpuIsCountedAmongThoseOfTheProcess() {
    assertThat(DeviceSlot.gpu("2", "")).isEqualTo(2);
    assertThat(DeviceSlot.gpu("1", "4,5,6")).isEqualTo(1);
    assertThat(DeviceSlot.gpu("2,3", "")).isEqualTo(2);
    // Forked: the process sees the slot alone.
    assertThat(DeviceSlot.gpu("2", "6")).isEqualTo(0);
    assertThat(DeviceSlot.gpu("GPU-8f2c", "GPU-8f2c")).isEqualTo(0);
    assertThatThrownBy(() -> DeviceSlot.gpu("GPU-8f2c", ""))
        .hasMessage("the slot's GPU is 'GPU-8f2c', must be an index unless the trial is forked");
  }

  @Test
  void optionsOfTheDeviceReachTheEngine() {
    var gpu = DeviceOptions.gpu(2).withThreads(3, 4).toConfig();
    assertThat(gpu.getGpuOptions().getVisibleDeviceList()).isEqualTo("2");
    assertThat(gpu.getGpuOptions().getAllowGrowth()).isTrue();
    assertThat(gpu.getIntraOpParallelismThreads()).isEqualTo(3);
    assertThat(gpu.getInterOpParallelismThreads()).isEqualTo(4);
    assertThat(DeviceOptions.cpu().toConfig().getDeviceCountMap()).containsEntry("GPU", 0);
    assertThatThrownBy(() -> DeviceOptions.gpu(-1)).hasMessage("gpu is -1, must be 0 or more");
  }
}
