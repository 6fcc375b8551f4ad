/** The U-Net of the study and its baseline. */
@NullMarked
package org.hpo4j.examples.unet.model;

import org.jspecify.annotations.NullMarked;
