package org.hpo4j.tensorflow;

import java.io.IOException;
import org.hpo4j.trial.Trial;

/**
 * Sees a trial's network while it trains: its weights for histograms, its predictions for pictures.
 *
 * <p>Called on the trial's own thread, which waits. What a listener throws ends the trial.
 */
public interface EpochListener {

  /**
   * Called once before the first epoch, with the first weights. A trial that goes on from another
   * one has that one's weights only after this.
   *
   * @param trial the trial
   * @param session the network; not to be closed. Its weights may be set, to those of another
   *     network for example
   */
  default void trainingBegins(Trial trial, NetworkSession<?> session) throws IOException {}

  /**
   * Called after each epoch's evaluation, before it is reported and the pruner asked.
   *
   * @param trial the trial
   * @param epoch what the epoch came to
   * @param session the network with its weights after the epoch; not to be closed or changed
   */
  default void epochEnded(Trial trial, Epoch epoch, NetworkSession<?> session) throws IOException {}

  /**
   * Called once after a training that was neither pruned nor failed.
   *
   * @param trial the trial
   * @param session the network: with the best epoch's weights where these are kept, else with the
   *     last one's; not to be closed
   */
  default void trainingEnded(Trial trial, NetworkSession<?> session) throws IOException {}
}
