package org.hpo4j.tensorflow.loss;

import org.tensorflow.types.family.TType;

/**
 * A mean over examples that an optimizer can minimize.
 *
 * <p>The engine's gradients of some operations are wrong without an error, and of others missing:
 * check a new loss against finite differences before training with it.
 *
 * @param <L> type of the labels
 */
@FunctionalInterface
public interface Loss<L extends TType> extends MeanMetric<L> {}
