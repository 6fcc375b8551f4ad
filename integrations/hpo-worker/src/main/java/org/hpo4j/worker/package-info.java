/** A command that works on a study: storage, study and objective class are its arguments. */
@NullMarked
package org.hpo4j.worker;

import org.jspecify.annotations.NullMarked;
