/** Objectives that train DJL models. */
@NullMarked
package org.hpo4j.djl;

import org.jspecify.annotations.NullMarked;
