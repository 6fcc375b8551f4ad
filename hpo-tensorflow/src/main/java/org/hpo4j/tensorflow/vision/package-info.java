/** Networks for images, built from options that can be hyperparameters. */
@NullMarked
package org.hpo4j.tensorflow.vision;

import org.jspecify.annotations.NullMarked;
