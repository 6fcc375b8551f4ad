/** Losses and metrics of outputs and labels, computed in the graph. */
@NullMarked
package org.hpo4j.tensorflow.loss;

import org.jspecify.annotations.NullMarked;
