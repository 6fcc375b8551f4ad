package org.hpo4j.storage;

/** How far a change must have come when a storage returns. */
public enum Durability {
  /**
   * It will be as {@link #VISIBLE} when {@link StudyStorage#sync} returns, which the same thread
   * calls at once: others will commit too, and the storage may write all of it together.
   */
  SHARED,
  /** Other processes see it; a crash of the machine may still lose it, a crash of ours not. */
  VISIBLE,
  /** It survives a crash of the machine. */
  DURABLE
}
