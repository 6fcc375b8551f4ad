package org.hpo4j.tensorflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class DeviceCheckTest {
  /** More GPUs than any machine that runs these tests has. */
  private static final DeviceOptions ABSENT = DeviceOptions.gpu(99);

  @Test
  void anAbsentGpuIsRefusedBeforeTheFirstTrial() {
    assertThatThrownBy(() -> Points.objective().device(ABSENT).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("gpu is 99, must be one that the engine can use: ")
        // Without any GPU the engine lists what it has; with fewer, it counts them.
        .hasMessageMatching("(?s).*(CPU:0|visible device).*");
  }

  @Test
  void aSessionDoesNotFallBackToTheCpu() {
    assertThatThrownBy(
            () ->
                NetworkSession.open(
                    Points.network(Points::line),
                    Points.batches(1, 1).load(0, 0),
                    name -> new SplittableRandom(1),
                    ABSENT))
        .hasMessageStartingWith("gpu is 99");
  }

  @Test
  void theCpuIsAlwaysPresent() {
    assertThatCode(() -> DeviceOptions.cpu().requirePresent()).doesNotThrowAnyException();
  }

  @Test
  void devicesAreNamedShortly() {
    assertThat(
            DeviceCheck.reason(
                "Cannot assign a device for operation Const: it was explicitly assigned to"
                    + " /device:GPU:0 but available devices are ["
                    + " /job:localhost/replica:0/task:0/device:CPU:0,"
                    + " /job:localhost/replica:0/task:0/device:GPU:1 ]. Make sure"))
        .isEqualTo("it has CPU:0, GPU:1");
  }

  @Test
  void anotherMessageIsKeptUpToItsFirstLine() {
    assertThat(DeviceCheck.reason("invalid GPU id '7' but visible device count is 1\nmore"))
        .isEqualTo("invalid GPU id '7' but visible device count is 1");
  }

  @Test
  @Tag("gpu")
  void aPresentGpuIsAccepted() {
    assertThatCode(() -> DeviceOptions.gpu(0).requirePresent()).doesNotThrowAnyException();
  }
}
