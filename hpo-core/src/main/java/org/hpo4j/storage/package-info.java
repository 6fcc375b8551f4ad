/** Where studies are kept: in memory or in a journal file. */
@NullMarked
package org.hpo4j.storage;

import org.jspecify.annotations.NullMarked;
