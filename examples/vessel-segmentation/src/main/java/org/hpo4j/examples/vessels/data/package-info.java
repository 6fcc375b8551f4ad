/** Photographs of retinas with their vessels: read or generated, prepared, and cut into patches. */
@NullMarked
package org.hpo4j.examples.vessels.data;

import org.jspecify.annotations.NullMarked;
