/** Losses and metrics: scalars over one batch, computed in the graph. */
@NullMarked
package org.hpo4j.tensorflow.loss;

import org.jspecify.annotations.NullMarked;
