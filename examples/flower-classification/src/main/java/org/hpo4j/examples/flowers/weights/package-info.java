/** Weights of networks that Keras has saved, read and fetched. */
@NullMarked
package org.hpo4j.examples.flowers.weights;

import org.jspecify.annotations.NullMarked;
