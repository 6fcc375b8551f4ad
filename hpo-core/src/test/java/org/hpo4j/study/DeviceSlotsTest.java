package org.hpo4j.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.hpo4j.sampler.RandomSampler;
import org.hpo4j.trial.Device;
import org.hpo4j.trial.Trial;
import org.hpo4j.trial.TrialPrunedException;
import org.hpo4j.trial.TrialState;
import org.junit.jupiter.api.Test;

/** Each running trial has one device to itself, until it ends in any way. */
class DeviceSlotsTest {

  private static Study study() {
    return Study.named("devices")
        .minimize("loss")
        .sampler(RandomSampler.ofDefaults())
        .seed(3)
        .create();
  }

  @Test
  void noTwoRunningTrialsHaveTheSameDevice() {
    Set<Device> held = ConcurrentHashMap.newKeySet();
    Map<Device, Integer> used = new ConcurrentHashMap<>();
    study()
        .optimize(
            trial -> {
              Device device = trial.device().orElseThrow();
              assertThat(held.add(device)).isTrue();
              used.merge(device, 1, Integer::sum);
              LockSupport.parkNanos(1000);
              held.remove(device);
              return 0;
            },
            RunOptions.trials(200).withParallelism(3).withDevices(DeviceSlots.gpus(3)));

    assertThat(used.values().stream().mapToInt(Integer::intValue).sum()).isEqualTo(200);
  }

  @Test
  void asManyTrialsRunAtATimeAsThereAreDevices() throws Exception {
    Set<Device> met = ConcurrentHashMap.newKeySet();
    CyclicBarrier all = new CyclicBarrier(2);
    study()
        .<Exception>optimize(
            trial -> {
              met.add(trial.device().orElseThrow());
              all.await();
              return 0;
            },
            RunOptions.trials(2).withParallelism(2).withDevices(DeviceSlots.cpus("0-1", "2,3")));

    assertThat(met)
        .containsExactlyInAnyOrder(
            new Device(Device.Kind.CPUS, "0-1"), new Device(Device.Kind.CPUS, "2,3"));
  }

  /** As in an ordered run, whose next trial has to see how an earlier one ends. */
  @Test
  void aRunThatHasNothingToStartYetLeavesItsDeviceToOthers() throws Exception {
    DeviceSlots two = DeviceSlots.gpus(2);
    CountDownLatch done = new CountDownLatch(1);
    Thread other =
        new Thread(
            () -> {
              study().optimize(trial -> 1, RunOptions.trials(3).withDevices(two));
              done.countDown();
            });
    study()
        .<Exception>optimize(
            trial -> {
              if (trial.number() == 0) {
                other.start();
                assertThat(done.await(20, TimeUnit.SECONDS)).isTrue();
              }
              return 0;
            },
            RunOptions.trials(3).ordered(1).withParallelism(2).withDevices(two));
    other.join();
  }

  @Test
  void aDeviceIsFreeAgainHoweverItsTrialEnds() {
    DeviceSlots one = DeviceSlots.gpus(1);
    RunOptions options = RunOptions.trials(3).withDevices(one);
    Study study = study();
    study.optimize(DeviceSlotsTest::endSomehow, options.tolerating(IllegalStateException.class));
    assertThatThrownBy(() -> study().optimize(trial -> fail(), options))
        .isInstanceOf(IllegalStateException.class);
    Study later = study();
    later.optimize(trial -> 0, options);

    assertThat(study.trials())
        .extracting(trial -> trial.state().name())
        .containsExactly("COMPLETE", "PRUNED", "FAILED");
    assertThat(later.trials()).hasSize(3);
  }

  private static double endSomehow(Trial trial) {
    if (trial.number() == 1) {
      throw new TrialPrunedException("pruned");
    }
    return trial.number() == 2 ? fail() : 0;
  }

  private static double fail() {
    throw new IllegalStateException("failed");
  }

  @Test
  void theDeviceIsKeptButIsNoPartOfTheStudy() {
    Study with = study();
    with.optimize(trial -> trial.uniform("x", 0, 1), onDevice());
    Study without = study();
    without.optimize(trial -> trial.uniform("x", 0, 1), RunOptions.trials(1));

    assertThat(with.storage().table().systemAttribute(0, "hpo4j:device")).contains("GPU 2");
    assertThat(with.export().canonicalJson()).isEqualTo(without.export().canonicalJson());
  }

  private static RunOptions onDevice() {
    return RunOptions.trials(1).withDevices(DeviceSlots.of("2"));
  }

  @Test
  void aTrialWithoutDevicesHasNone() {
    assertThat(study().ask().device()).isEmpty();
  }

  @Test
  void trialsThatAreAskedForLeaveTheDevicesToTheRun() {
    Study study = study();
    List<Trial> asked = new ArrayList<>();
    study.optimize(
        trial -> {
          assertThat(trial.device()).contains(new Device(Device.Kind.GPU, "2"));
          Trial other = study.ask();
          asked.add(other);
          if (trial.number() % 4 == 0) {
            study.tell(other, 1);
          }
          return 0;
        },
        RunOptions.additionalTrials(6).withDevices(DeviceSlots.of("2")));

    assertThat(asked).isNotEmpty().allSatisfy(trial -> assertThat(trial.device()).isEmpty());
    asked.stream().filter(trial -> trial.number() % 4 != 1).forEach(trial -> study.tell(trial, 1));
    assertThat(study.trials()).allMatch(trial -> trial.state() == TrialState.COMPLETE);
  }

  @Test
  void moreThreadsThanDevicesAreRefused() {
    assertThatThrownBy(
            () -> RunOptions.trials(9).withDevices(DeviceSlots.of("0", "1")).withParallelism(3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("parallelism of 3");
  }

  @Test
  void devicesThatAreNoneAreRefused() {
    assertThatThrownBy(() -> DeviceSlots.of("0", "0"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("distinct");
    assertThatThrownBy(() -> DeviceSlots.gpus(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("one or more GPUs, got 0");
    assertThatThrownBy(() -> DeviceSlots.of("1,"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("got '1,'");
    assertThatThrownBy(() -> DeviceSlots.cpus("0..3"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'0..3'");
  }

  @Test
  void devicesThatOverlapAreRefused() {
    assertThatThrownBy(() -> DeviceSlots.of("0,1", "1"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("GPU 1 occurs twice in '0,1', '1'");
    assertThatThrownBy(() -> DeviceSlots.of("1,1"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("GPU 1 occurs twice in '1,1'");
    assertThatThrownBy(() -> DeviceSlots.cpus("0-2", "4,2-3"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("CPU 2 occurs twice in '0-2', '4,2-3'");
  }

  @Test
  void aRangeOfProcessorsThatFallsIsRefused() {
    assertThatThrownBy(() -> DeviceSlots.cpus("0,3-1"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'3-1' in '0,3-1'");
  }
}
