/** How good samplers are: regret against trials on many problems, with tests of the differences. */
@NullMarked
package org.hpo4j.benchmarks.convergence;

import org.jspecify.annotations.NullMarked;
