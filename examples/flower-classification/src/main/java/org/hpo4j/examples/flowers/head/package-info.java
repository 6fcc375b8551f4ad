/** The head that is tuned: its batches, and its training on either engine. */
@NullMarked
package org.hpo4j.examples.flowers.head;

import org.jspecify.annotations.NullMarked;
