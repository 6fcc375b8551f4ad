/** The building-footprint study: the width of a U-Net's last layer, tuned by TPE. */
@NullMarked
package org.hpo4j.examples.unet;

import org.jspecify.annotations.NullMarked;
