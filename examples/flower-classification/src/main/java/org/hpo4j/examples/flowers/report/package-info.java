/** What is written about the runs: tables, plots and what TensorBoard shows. */
@NullMarked
package org.hpo4j.examples.flowers.report;

import org.jspecify.annotations.NullMarked;
