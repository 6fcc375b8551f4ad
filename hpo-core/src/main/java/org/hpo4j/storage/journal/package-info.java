/** Studies in one file. */
@NullMarked
package org.hpo4j.storage.journal;

import org.jspecify.annotations.NullMarked;
