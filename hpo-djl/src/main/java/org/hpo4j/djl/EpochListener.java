package org.hpo4j.djl;

import java.io.IOException;
import org.hpo4j.trial.Trial;

/**
 * Sees a trial's network while it trains: its weights for histograms, its predictions for pictures.
 *
 * <p>Called on the trial's own thread, which waits. What a listener throws ends the trial.
 */
public interface EpochListener {

  /**
   * Called after each epoch's evaluation, before it is reported and the pruner asked.
   *
   * @param trial the trial
   * @param epoch what the epoch came to
   * @param model the network with its weights after the epoch; not to be closed or changed
   */
  default void epochEnded(Trial trial, Epoch epoch, DjlModel model) throws IOException {}

  /**
   * Called once after a training that was neither pruned nor failed.
   *
   * @param trial the trial
   * @param model the network: with the best epoch's weights where these are kept, else with the
   *     last one's; not to be closed
   */
  default void trainingEnded(Trial trial, DjlModel model) throws IOException {}
}
