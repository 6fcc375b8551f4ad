/** What frozen networks make of pictures, computed once and kept. */
@NullMarked
package org.hpo4j.examples.flowers.features;

import org.jspecify.annotations.NullMarked;
