/** The real programs of others that tests work with. */
@NullMarked
package org.hpo4j.interop;

import org.jspecify.annotations.NullMarked;
