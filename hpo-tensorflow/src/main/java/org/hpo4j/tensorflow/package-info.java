/** Objectives that train TensorFlow graphs: one call turns a model builder into a trial's value. */
@NullMarked
package org.hpo4j.tensorflow;

import org.jspecify.annotations.NullMarked;
