/** Functions of the BBOB suite: shifted, rotated, ill-conditioned, rugged. */
@NullMarked
package org.hpo4j.benchmarks.problems.bbob;

import org.jspecify.annotations.NullMarked;
