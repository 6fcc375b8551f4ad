/** Multi-fidelity schedulers: Hyperband, and ASHA, around a sampler for new configurations. */
@NullMarked
package org.hpo4j.sampler.hyperband;

import org.jspecify.annotations.NullMarked;
