/**
 * Layers of convolutional networks for DJL: what its PyTorch engine lacks or computes otherwise
 * than its name says, and blocks whose parameters are named by their path.
 */
@NullMarked
package org.hpo4j.djl.block;

import org.jspecify.annotations.NullMarked;
