/** The tree-structured Parzen estimator. */
@NullMarked
package org.hpo4j.sampler.tpe;

import org.jspecify.annotations.NullMarked;
