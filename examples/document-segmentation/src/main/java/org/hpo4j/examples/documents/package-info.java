/** The document study: Hyperband, random search and Bayesian optimization tune one U-Net. */
@NullMarked
package org.hpo4j.examples.documents;

import org.jspecify.annotations.NullMarked;
