package org.hpo4j.benchmarks.speed;

import java.util.concurrent.TimeUnit;
import org.hpo4j.study.RunOptions;
import org.hpo4j.study.Study;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The time of a trial in a whole study of {@value #TRIALS}, from its first trial on, with an
 * objective that costs nothing, in memory, one trial at a time.
 *
 * <p>A study of random search lasts a few milliseconds: it takes some tens of them until the
 * compiler, which runs beside, is done.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 100)
@Measurement(iterations = 10)
@Fork(
    value = 1,
    jvmArgs = {"-Xmx2g", "-XX:+UseSerialGC"})
public class StudyBenchmark {

  static final int TRIALS = 1_000;

  /** The sampler of the study. */
  @Param({"random", "tpe"})
  public String sampler = "";

  /** Runs a study. */
  @Benchmark
  @OperationsPerInvocation(TRIALS)
  public double optimize(CpuTime cpu) {
    cpu.start();
    Study study = Sphere.study(Sphere.sampler(sampler));
    study.optimize(Sphere::value, RunOptions.trials(TRIALS));
    cpu.stop();
    return study.best().value();
  }
}
