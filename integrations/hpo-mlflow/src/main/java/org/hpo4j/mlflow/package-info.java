/** Tracks studies and trials on an MLflow server. */
@NullMarked
package org.hpo4j.mlflow;

import org.jspecify.annotations.NullMarked;
