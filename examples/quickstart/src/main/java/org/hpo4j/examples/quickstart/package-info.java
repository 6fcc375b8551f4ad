/** The first study, in ten lines. */
@NullMarked
package org.hpo4j.examples.quickstart;

import org.jspecify.annotations.NullMarked;
