/** The samplers of Python libraries, run by processes that ask for the objective's values. */
@NullMarked
package org.hpo4j.benchmarks.peers;

import org.jspecify.annotations.NullMarked;
