/** Optimizers for DJL's parameters whose state can be saved. */
@NullMarked
package org.hpo4j.djl.optimizer;

import org.jspecify.annotations.NullMarked;
