/** What is written about the study: summaries, rankings, plots and pictures. */
@NullMarked
package org.hpo4j.examples.documents.report;

import org.jspecify.annotations.NullMarked;
