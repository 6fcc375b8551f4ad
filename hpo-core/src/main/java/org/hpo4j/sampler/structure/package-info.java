/** Which parameters are active together: declared by a search space or learned from trials. */
@NullMarked
package org.hpo4j.sampler.structure;

import org.jspecify.annotations.NullMarked;
