/** The non-dominated sorting genetic algorithm, for several objectives. */
@NullMarked
package org.hpo4j.sampler.nsga;

import org.jspecify.annotations.NullMarked;
