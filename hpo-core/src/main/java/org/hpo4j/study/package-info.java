/** Studies: the loop that asks a sampler, runs an objective and records its outcomes. */
@NullMarked
package org.hpo4j.study;

import org.jspecify.annotations.NullMarked;
