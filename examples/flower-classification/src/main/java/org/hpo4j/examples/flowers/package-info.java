/** The flower study: the head of a frozen network, tuned over a grid of runs. */
@NullMarked
package org.hpo4j.examples.flowers;

import org.jspecify.annotations.NullMarked;
