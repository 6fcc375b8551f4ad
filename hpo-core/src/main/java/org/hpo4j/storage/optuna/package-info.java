/** What Optuna's formats, its journal and its tables, have in common; for storages. */
@NullMarked
package org.hpo4j.storage.optuna;

import org.jspecify.annotations.NullMarked;
