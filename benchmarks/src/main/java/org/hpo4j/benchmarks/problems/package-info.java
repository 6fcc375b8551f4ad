/** Functions with a known minimum, on which samplers are compared. */
@NullMarked
package org.hpo4j.benchmarks.problems;

import org.jspecify.annotations.NullMarked;
