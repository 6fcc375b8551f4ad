package org.hpo4j.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import java.io.IOException;
import org.hpo4j.study.DeviceSlots;
import org.hpo4j.study.RunOptions;
import org.hpo4j.study.Study;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class DevicesTest {

  @Test
  void aSlotsIndexIsTheEnginesWhereAllGpusAreSeen() {
    assertThat(Devices.gpu("1", null)).isEqualTo(Device.gpu(1));
    assertThat(Devices.gpu("1", "4,5")).isEqualTo(Device.gpu(1));
  }

  @Test
  void aForkedTrialsOneGpuHasNumber0() {
    assertThat(Devices.gpu("3", "3")).isEqualTo(Device.gpu(0));
  }

  @Test
  void severalGpusForOneTrainingAreRefused() {
    assertThatThrownBy(() -> Devices.gpu("0,1", null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("takes one GPU by its index");
  }

  @Test
  void aSlotOfProcessorsTrainsOnTheCpu() throws IOException {
    Study study = Study.named("points").minimize("loss").seed(1).create();
    study.optimize(
        Points.objective().build(), RunOptions.trials(1).withDevices(DeviceSlots.cpus("0")));

    assertThat(study.best().reports("")).hasSize(4);
  }

  @Test
  @Tag("gpu")
  void aTrainingOnAGpuComesToWhatOneOnTheCpuComesTo() throws IOException {
    Study cpu = Study.named("points").minimize("loss").seed(1).create();
    cpu.optimize(Points.objective().device(Device.cpu()).build(), RunOptions.trials(1));
    Study gpu = Study.named("points").minimize("loss").seed(1).create();
    gpu.optimize(Points.objective().build(), RunOptions.trials(1).withDevices(DeviceSlots.gpus(1)));

    assertThat(gpu.best().value()).isCloseTo(cpu.best().value(), within(1e-3));
  }
}
