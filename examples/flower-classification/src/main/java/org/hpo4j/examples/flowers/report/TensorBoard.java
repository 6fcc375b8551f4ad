package org.hpo4j.examples.flowers.report;

import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.hpo4j.examples.flowers.head.WeightWatcher;
import org.hpo4j.study.StudyListener;
import org.hpo4j.tensorboard.SummaryWriter;
import org.hpo4j.tensorboard.TensorBoardListener;
import org.hpo4j.trial.Trial;

/**
 * What TensorBoard shows: curves of each run, histograms of each layer's weights and gradients by
 * epoch, and, in a run of their own, the model's graph, a grid of pictures and the frozen weights.
 */
public final class TensorBoard implements WeightWatcher, AutoCloseable {
  private final Path folder;
  private final TensorBoardListener listener;

  /** Writes below a folder, which is made if missing and holds the runs of one study. */
  public TensorBoard(Path folder) {
    this.folder = folder;
    listener = TensorBoardListener.of(folder);
  }

  /** Returns what the study has to tell. */
  public StudyListener listener() {
    return listener;
  }

  @Override
  public void epochEnded(
      Trial trial, int epoch, Map<String, float[]> weights, Map<String, float[]> gradients) {
    SummaryWriter run = listener.writer(trial);
    weights.forEach((name, values) -> run.histogram(name, epoch, values));
    gradients.forEach((name, values) -> run.histogram(name + "/gradient", epoch, values));
  }

  /**
   * Writes the model.
   *
   * @param backbone the frozen network; without one, the head stands alone
   * @param head not initialized
   * @param input shape of a batch of images, or of features where there is no backbone
   * @return where more can be told of it
   */
  public SummaryWriter model(Optional<Block> backbone, Block head, Shape input) {
    Map<String, Block> blocks = new LinkedHashMap<>();
    backbone.ifPresent(block -> blocks.put("backbone", block));
    blocks.put("head", head);
    SummaryWriter run = SummaryWriter.open(folder.resolve("model"));
    run.graph(BlockGraph.of(blocks, input));
    return run;
  }

  @Override
  public void close() {
    listener.close();
  }
}
