/**
 * TensorBoard event files of a study and its trials, written without TensorFlow: {@link
 * org.hpo4j.tensorboard.SummaryWriter} for one run, {@link
 * org.hpo4j.tensorboard.TensorBoardListener} for a study.
 */
@NullMarked
package org.hpo4j.tensorboard;

import org.jspecify.annotations.NullMarked;
