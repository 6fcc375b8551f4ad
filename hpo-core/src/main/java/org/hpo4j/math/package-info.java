/** Pure numerical functions over doubles and arrays of doubles. */
@NullMarked
package org.hpo4j.math;

import org.jspecify.annotations.NullMarked;
