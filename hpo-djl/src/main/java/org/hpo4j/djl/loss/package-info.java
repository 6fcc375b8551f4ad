/** Losses with class weights, computed from logits, for DJL. */
@NullMarked
package org.hpo4j.djl.loss;

import org.jspecify.annotations.NullMarked;
