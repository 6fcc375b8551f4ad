package org.hpo4j.worker;

import java.util.concurrent.TimeUnit;
import org.hpo4j.space.Parameters;
import org.hpo4j.space.SearchSpace;
import org.hpo4j.storage.Storage;
import org.hpo4j.study.BaseStudy;
import org.hpo4j.study.MultiObjective;
import org.hpo4j.study.MultiObjectiveStudy;
import org.hpo4j.study.Objective;
import org.hpo4j.study.Study;
import org.hpo4j.trial.Trial;

/** Objectives that workers are told to evaluate. */
final class Objectives {

  private Objectives() {}

  /** Needs a study that is there. */
  static final class Plain implements Objective<RuntimeException> {

    /** For the worker. */
    public Plain() {}

    @Override
    public double evaluate(Trial trial) {
      trial.setAttribute("pid", ProcessHandle.current().pid());
      return trial.uniform("x", 0, 1);
    }
  }

  /** Makes its own study. */
  static final class Defining implements Objective<InterruptedException>, StudyDefinition {

    /** For the worker. */
    public Defining() {}

    @Override
    public BaseStudy open(String name, Storage storage) {
      return Study.named(name)
          .minimize("loss")
          .space(SearchSpace.of(Parameters.uniform("x", 0, 1)))
          .storage(storage)
          .createOrResume();
    }

    @Override
    public double evaluate(Trial trial) throws InterruptedException {
      trial.setAttribute("pid", ProcessHandle.current().pid());
      TimeUnit.MILLISECONDS.sleep(10);
      return trial.uniform("x", 0, 1);
    }
  }

  /** Does not make the study that it should. */
  static final class Forgetful implements Objective<RuntimeException>, StudyDefinition {

    /** For the worker. */
    public Forgetful() {}

    @Override
    @SuppressWarnings("NullAway") // a class that no analysis has seen
    public BaseStudy open(String name, Storage storage) {
      return null;
    }

    @Override
    public double evaluate(Trial trial) {
      return 0;
    }
  }

  /** Has two values. */
  static final class Twofold implements MultiObjective<RuntimeException> {

    /** For the worker. */
    public Twofold() {}

    @Override
    public double[] evaluate(Trial trial) {
      double x = trial.uniform("x", 0, 1);
      return new double[] {x, 1 - x};
    }
  }

  /** Makes its own study of two objectives. */
  static final class DefiningTwofold implements MultiObjective<RuntimeException>, StudyDefinition {

    /** For the worker. */
    public DefiningTwofold() {}

    @Override
    public MultiObjectiveStudy open(String name, Storage storage) {
      return MultiObjectiveStudy.named(name)
          .minimize("loss")
          .maximize("speed")
          .space(SearchSpace.of(Parameters.uniform("x", 0, 1)))
          .storage(storage)
          .createOrResume();
    }

    @Override
    public double[] evaluate(Trial trial) {
      double x = trial.uniform("x", 0, 1);
      return new double[] {x, 1 - x};
    }
  }

  /** Never ends by itself. */
  static final class Endless implements Objective<InterruptedException> {

    /** For the worker. */
    public Endless() {}

    @Override
    @SuppressWarnings("SystemOut") // the way to the parent
    public double evaluate(Trial trial) throws InterruptedException {
      System.out.println(trial.number());
      TimeUnit.HOURS.sleep(1);
      return 0;
    }
  }

  /** Whose second trial is interrupted. */
  static final class Interrupted implements Objective<InterruptedException> {

    /** For the worker. */
    public Interrupted() {}

    @Override
    public double evaluate(Trial trial) throws InterruptedException {
      if (trial.number() == 1) {
        throw new InterruptedException("by a library");
      }
      return trial.uniform("x", 0, 1);
    }
  }

  /** Throws. */
  static final class Broken implements Objective<RuntimeException> {

    /** For the worker. */
    public Broken() {}

    @Override
    public double evaluate(Trial trial) {
      throw new IllegalStateException("broken");
    }
  }

  /** Has no constructor without parameters. */
  static final class Needy implements Objective<RuntimeException> {

    private final double value;

    /** Needs something. */
    public Needy(double value) {
      this.value = value;
    }

    @Override
    public double evaluate(Trial trial) {
      return value;
    }
  }
}
