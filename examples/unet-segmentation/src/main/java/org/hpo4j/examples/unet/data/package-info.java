/** Aerial tiles with building footprints: generated or read from a folder, and cut into batches. */
@NullMarked
package org.hpo4j.examples.unet.data;

import org.jspecify.annotations.NullMarked;
