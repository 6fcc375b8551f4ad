package org.hpo4j.benchmarks.speed;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.hpo4j.study.Study;
import org.hpo4j.trial.FrozenTrial;
import org.hpo4j.trial.Trial;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The time from one ask to the next on top of a history of finished trials: ask, take the ten
 * values, tell. The history differs by the {@value #ASKS} trials of one shot only, because each
 * shot starts with a new study; whatever the sampler builds for it, it builds inside the shot.
 *
 * <p>By hand: {@code java -cp benchmarks/target/benchmarks.jar org.openjdk.jmh.Main AskBenchmark}.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3_000)
@Measurement(iterations = 20)
@Fork(
    value = 1,
    jvmArgs = {"-Xmx2g", "-XX:+UseSerialGC"})
public class AskBenchmark {

  /** Consecutive asks in one shot. */
  static final int ASKS = 20;

  /** Enough random trials to have the study itself compiled before the first shot. */
  private static final int REHEARSAL = 10_000;

  /** The sampler that is asked. */
  @Param({"random", "tpe"})
  public String sampler = "";

  /** How many trials are in the history. */
  @Param({"100", "1000", "10000"})
  public int trials;

  private List<FrozenTrial> history = List.of();
  private Study study = Sphere.study(Sphere.sampler("random"));

  /** Makes the history. */
  @Setup(Level.Trial)
  public void rehearse() {
    history = Sphere.randomTrials(Math.max(trials, REHEARSAL)).subList(0, trials);
  }

  /** Makes a new study with that history. */
  @Setup(Level.Iteration)
  public void fill() {
    study = Sphere.study(Sphere.sampler(sampler));
    history.forEach(study::importTrial);
  }

  /** Asks and tells. */
  @Benchmark
  @OperationsPerInvocation(ASKS)
  public double ask(CpuTime cpu) {
    double sum = 0;
    cpu.start();
    for (int i = 0; i < ASKS; i++) {
      Trial trial = study.ask();
      double value = Sphere.value(trial);
      study.tell(trial, value);
      sum += value;
    }
    cpu.stop();
    return sum;
  }
}
