/** What the study writes: scores with intervals, a plot and a picture. */
@NullMarked
package org.hpo4j.examples.unet.report;

import org.jspecify.annotations.NullMarked;
