/** Trials in Java processes of their own, which can be killed and capped. */
@NullMarked
package org.hpo4j.fork;

import org.jspecify.annotations.NullMarked;
