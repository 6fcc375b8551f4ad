/** TensorBoard event files of a study and its trials. */
@NullMarked
package org.hpo4j.tensorboard;

import org.jspecify.annotations.NullMarked;
