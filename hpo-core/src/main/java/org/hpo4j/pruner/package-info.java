/** Pruners: which running trials to give up. */
@NullMarked
package org.hpo4j.pruner;

import org.jspecify.annotations.NullMarked;
