/** Pictures of flowers: read or drawn, split, oversampled and seen from fixed views. */
@NullMarked
package org.hpo4j.examples.flowers.data;

import org.jspecify.annotations.NullMarked;
