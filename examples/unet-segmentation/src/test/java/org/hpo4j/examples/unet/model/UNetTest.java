package org.hpo4j.examples.unet.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UNetTest {

  @Test
  void theArticlesBaselineHasTheParametersItReports() {
    UNet baseline = UNet.baseline(1, 0.9);
    assertThat(baseline.headParameterCount()).isEqualTo(195);
    assertThat(new UNet(1, 57, 0.9).headParameterCount()).isEqualTo(65 * 57);
    assertThat(baseline.bottleneckParameterCount()).isEqualTo(2_359_808);
  }

  @ParameterizedTest
  @CsvSource({"59.2, 57", "57.6, 57", "3.2, 3", "120, 120", "5.9, 3", "6, 6"})
  void drawnChannelsAreRoundedDownToAMultipleOfTheClasses(double drawn, int channels) {
    assertThat(UNet.headChannels(drawn)).isEqualTo(channels);
  }

  @Test
  void sizesThatCannotBeAreRefused() {
    assertThatThrownBy(() -> UNet.baseline(3, 0.9))
        .hasMessage("scale is 3, must be a power of two from 1 to 32");
    assertThatThrownBy(() -> new UNet(1, 58, 0.9))
        .hasMessage("headChannels is 58, must be a positive multiple of 3");
    assertThatThrownBy(() -> UNet.headChannels(2.4))
        .hasMessage("channels is 2.4, must be at least 3");
  }
}
