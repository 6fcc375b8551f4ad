/**
 * Trials: the live handle, the frozen copy, outcomes, and the columnar history that samplers read.
 */
@NullMarked
package org.hpo4j.trial;

import org.jspecify.annotations.NullMarked;
