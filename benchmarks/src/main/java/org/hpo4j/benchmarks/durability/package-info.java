/** How many trials a second survive a crash, and how long it takes to open a long study. */
@NullMarked
package org.hpo4j.benchmarks.durability;

import org.jspecify.annotations.NullMarked;
