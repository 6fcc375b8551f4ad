package org.hpo4j.storage;

/**
 * A running trial whose worker is known to be dead, or has not been heard of for too long.
 *
 * @param number the trial's number
 * @param owner who ran it, as the storage knows it
 */
public record LostTrial(int number, String owner) {}
