package org.hpo4j.worker;

import org.hpo4j.storage.Storage;
import org.hpo4j.study.BaseStudy;

/**
 * What an objective class implements to say which study it is for: objectives, space, sampler,
 * pruner, seed, retries. Each worker calls it once.
 */
public interface StudyDefinition {

  /**
   * Creates the study, or resumes it: usually {@code
   * Study.named(name)...storage(storage).createOrResume()}. Never null.
   */
  BaseStudy open(String name, Storage storage);
}
