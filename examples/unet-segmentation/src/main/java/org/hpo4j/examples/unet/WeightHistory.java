package org.hpo4j.examples.unet;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.hpo4j.examples.unet.engine.TrainedUNet;
import org.hpo4j.examples.unet.model.UNet;
import org.hpo4j.examples.unet.report.RidgePlot;
import org.hpo4j.tensorboard.SummaryWriter;

/**
 * The kernels of the last two convolutions of one training, by epoch: as histograms of TensorBoard
 * at once, as a plot in the end.
 */
final class WeightHistory implements Retraining.Observer, AutoCloseable {
  private final String title;
  private final SummaryWriter summaries;
  private final List<float[]> penultimate = new ArrayList<>();
  private final List<float[]> last = new ArrayList<>();

  /**
   * A history without epochs.
   *
   * @param title names the network
   * @param folder of TensorBoard's run
   */
  WeightHistory(String title, Path folder) {
    this.title = title;
    this.summaries = SummaryWriter.open(folder);
  }

  @Override
  public void observe(TrainedUNet network, int epoch) {
    add(penultimate, "penultimate", network.weights(UNet.PENULTIMATE_KERNEL), epoch);
    add(last, "last", network.weights(UNet.LAST_KERNEL), epoch);
  }

  private void add(List<float[]> layer, String tag, float[] weights, int epoch) {
    layer.add(weights);
    summaries.histogram("weights/" + tag, epoch, weights);
  }

  /** Draws both. */
  void write(Path file) throws IOException {
    RidgePlot.write(
        List.of(
            new RidgePlot.Layer(title + ", penultimate convolution", penultimate),
            new RidgePlot.Layer(title + ", last convolution", last)),
        file);
  }

  @Override
  public void close() {
    summaries.close();
  }
}
