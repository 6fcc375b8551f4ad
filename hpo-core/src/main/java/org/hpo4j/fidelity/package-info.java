/** How many trials get how much resource: rungs, brackets and the schedule of Hyperband. */
@NullMarked
package org.hpo4j.fidelity;

import org.jspecify.annotations.NullMarked;
