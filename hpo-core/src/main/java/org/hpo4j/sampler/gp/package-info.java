/** Bayesian optimization with a Gaussian process. */
@NullMarked
package org.hpo4j.sampler.gp;

import org.jspecify.annotations.NullMarked;
