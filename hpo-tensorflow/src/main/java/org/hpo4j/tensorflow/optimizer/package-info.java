/** Optimizers: the operation that turns a loss into one training step. */
@NullMarked
package org.hpo4j.tensorflow.optimizer;

import org.jspecify.annotations.NullMarked;
