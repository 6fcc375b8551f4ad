package org.hpo4j.sampler.nsga;

import java.lang.ref.WeakReference;
import org.hpo4j.trial.TrialHistory;

/** What is kept from ask to ask about the settled trials of one source; it changes no answer. */
final class NsgaModel {

  private final WeakReference<Object> source;
  final Archive archive;
  final KnownValues known = new KnownValues();

  NsgaModel(TrialHistory history, int populationSize) {
    this.source = new WeakReference<>(history.source());
    this.archive = new Archive(populationSize);
  }

  boolean isOf(TrialHistory history) {
    return source.get() == history.source();
  }
}
