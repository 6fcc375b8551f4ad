/** What is measured of a segmentation, and how it is shown. */
@NullMarked
package org.hpo4j.examples.vessels.report;

import org.jspecify.annotations.NullMarked;
