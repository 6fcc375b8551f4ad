/** The default: picks a sampler by space, budget and history. */
@NullMarked
package org.hpo4j.sampler.auto;

import org.jspecify.annotations.NullMarked;
