package org.hpo4j.study;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.TreeSet;

/**
 * What has ended in this process and is not recorded, by whichever object of the study. Called
 * under the study's lock.
 */
final class Unrecorded {

  /** Trials that ended without a record, since the storage failed: they are to run again. */
  final Set<Integer> abandoned = new TreeSet<>();

  /** Those with ends that wait for their next commit. */
  final Set<GuardedStorage> staged = new LinkedHashSet<>();
}
