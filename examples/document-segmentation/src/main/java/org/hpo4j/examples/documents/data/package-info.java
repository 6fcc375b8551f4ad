/** Scans of forms with a mask for each class: generated, or read from a folder. */
@NullMarked
package org.hpo4j.examples.documents.data;

import org.jspecify.annotations.NullMarked;
