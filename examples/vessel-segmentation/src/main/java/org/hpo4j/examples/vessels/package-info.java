/** The retinal-vessel study: which activations, dilations and layers a U-Net should have. */
@NullMarked
package org.hpo4j.examples.vessels;

import org.jspecify.annotations.NullMarked;
