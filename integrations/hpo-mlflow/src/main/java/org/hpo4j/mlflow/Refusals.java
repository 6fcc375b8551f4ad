package org.hpo4j.mlflow;

import java.util.HashSet;
import java.util.Set;

/** Says what the server will not have, each kind once. The sender's alone. */
final class Refusals {

  private static final System.Logger LOG = System.getLogger(MlflowTracker.class.getName());

  private final String study;
  private final Set<String> said = new HashSet<>();

  Refusals(String study) {
    this.study = study;
  }

  /** Tells of a refusal unless one with the same code was told of before. */
  void say(String what, RefusedException refusal) {
    if (said.add(refusal.code())) {
      LOG.log(
          System.Logger.Level.WARNING,
          () ->
              "study '"
                  + study
                  + "' goes on; MLflow refuses "
                  + what
                  + ", as it may others, which is not said again: "
                  + refusal.reason());
    }
  }
}
