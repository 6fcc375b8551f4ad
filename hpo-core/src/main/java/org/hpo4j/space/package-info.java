/** Search spaces: domains, parameters, conditional branches, constraints and configurations. */
@NullMarked
package org.hpo4j.space;

import org.jspecify.annotations.NullMarked;
