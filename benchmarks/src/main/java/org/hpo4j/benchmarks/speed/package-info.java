/** What samplers cost: time an ask, trials a second, heap a trial. */
@NullMarked
package org.hpo4j.benchmarks.speed;

import org.jspecify.annotations.NullMarked;
