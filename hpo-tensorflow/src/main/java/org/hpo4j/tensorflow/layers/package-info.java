/**
 * Layers of a network as functions over a TensorFlow graph, each with a gradient that was checked.
 */
@NullMarked
package org.hpo4j.tensorflow.layers;

import org.jspecify.annotations.NullMarked;
