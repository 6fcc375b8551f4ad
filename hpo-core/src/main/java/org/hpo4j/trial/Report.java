package org.hpo4j.trial;

/**
 * An intermediate value.
 *
 * @param step where in the training it was measured, at least 0
 * @param value the value; may be NaN or infinite
 */
public record Report(int step, double value) {}
