/** A study in which everything about a training is a hyperparameter. */
@NullMarked
package org.hpo4j.examples.anything;

import org.jspecify.annotations.NullMarked;
