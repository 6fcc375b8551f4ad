/** Trainings of networks as problems: learning curves predicted by the surrogate of LCBench. */
@NullMarked
package org.hpo4j.benchmarks.lcbench;

import org.jspecify.annotations.NullMarked;
