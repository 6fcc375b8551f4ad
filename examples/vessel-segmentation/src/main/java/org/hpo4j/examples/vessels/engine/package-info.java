/** The network of a trial, and the two engines that train it. */
@NullMarked
package org.hpo4j.examples.vessels.engine;

import org.jspecify.annotations.NullMarked;
