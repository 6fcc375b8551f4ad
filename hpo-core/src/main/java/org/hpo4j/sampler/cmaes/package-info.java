/** The covariance matrix adaptation evolution strategy for mixed and conditional spaces. */
@NullMarked
package org.hpo4j.sampler.cmaes;

import org.jspecify.annotations.NullMarked;
