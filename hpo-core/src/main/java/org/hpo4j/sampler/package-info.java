/** Samplers: what to try next. */
@NullMarked
package org.hpo4j.sampler;

import org.jspecify.annotations.NullMarked;
