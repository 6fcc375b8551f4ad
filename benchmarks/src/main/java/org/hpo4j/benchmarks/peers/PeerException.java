package org.hpo4j.benchmarks.peers;

/** A peer's library failed in a study. */
public final class PeerException extends Exception {

  private static final long serialVersionUID = 1L;

  /** A failure in the library's own words. */
  public PeerException(String message) {
    super(message);
  }
}
