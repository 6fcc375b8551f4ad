/** Metrics of counts over a whole epoch, as DJL evaluators. */
@NullMarked
package org.hpo4j.djl.metric;

import org.jspecify.annotations.NullMarked;
