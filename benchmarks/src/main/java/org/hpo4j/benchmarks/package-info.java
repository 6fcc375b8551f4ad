/** The command line of the benchmarks, and what all of them share. */
@NullMarked
package org.hpo4j.benchmarks;

import org.jspecify.annotations.NullMarked;
