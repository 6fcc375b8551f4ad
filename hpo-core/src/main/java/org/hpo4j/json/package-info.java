/**
 * Reading and writing of plain values as JSON text, with the bare NaN and Infinity tokens that
 * Optuna uses.
 */
@NullMarked
package org.hpo4j.json;

import org.jspecify.annotations.NullMarked;
