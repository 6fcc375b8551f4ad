/** Studies in a relational database, in Optuna's tables. */
@NullMarked
package org.hpo4j.jdbc;

import org.jspecify.annotations.NullMarked;
