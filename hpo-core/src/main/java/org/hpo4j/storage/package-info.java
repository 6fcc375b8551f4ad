/** Where studies are kept: the contract, what happens to a study, and the storage in memory. */
@NullMarked
package org.hpo4j.storage;

import org.jspecify.annotations.NullMarked;
