package org.hpo4j.storage;

/** How far a change must have come when a storage returns. */
public enum Durability {
  /** Other processes see it; a crash of the machine may still lose it, a crash of ours not. */
  VISIBLE,
  /** It survives a crash of the machine. */
  DURABLE
}
