package org.hpo4j.mlflow;

/**
 * A value of a metric.
 *
 * @param metric the metric's name
 * @param step where in the training it was measured
 * @param value the value
 * @param time when it was measured, in milliseconds since 1970
 */
record Point(String metric, int step, double value, long time) {}
