package org.hpo4j.examples.unet;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.GradientCollector;
import ai.djl.training.Trainer;
import ai.djl.training.loss.Loss;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;
import java.io.IOException;
import java.util.List;
import org.hpo4j.djl.ArrayData;
import org.hpo4j.djl.Batch;
import org.hpo4j.djl.BatchSource;
import org.hpo4j.djl.DjlObjective;
import org.hpo4j.djl.LearningRate;
import org.hpo4j.djl.loss.SparseCategoricalCrossEntropy;
import org.hpo4j.djl.vision.UNet;
import org.hpo4j.examples.unet.data.GeneratedTiles;
import org.hpo4j.examples.unet.data.Label;
import org.hpo4j.examples.unet.data.Tile;
import org.hpo4j.examples.unet.data.TileSplit;
import org.hpo4j.study.RunOptions;
import org.hpo4j.study.Study;

/** A U-Net of hpo-djl on PyTorch; the bare loop is DJL's trainer with DJL's Adam. */
final class DjlLoops implements AdapterOverhead.Loops {
  private static final int TILE = AdapterOverhead.TILE;
  private static final int BATCH = AdapterOverhead.BATCH;
  private static final int STEPS = AdapterOverhead.STEPS;
  private static final int EPOCHS = AdapterOverhead.EPOCHS;
  private static final int SEED = 1;
  private static final Shape PICTURES = new Shape(BATCH, 3, TILE, TILE);
  private static final Shape CLASSES = new Shape(BATCH, TILE, TILE);

  private final Data training;
  private final Data validation;

  DjlLoops() {
    TileSplit tiles = GeneratedTiles.of(SEED, TILE, BATCH, BATCH);
    training = new Data(tiles.train(), STEPS);
    validation = new Data(tiles.validation(), 1);
  }

  /** One batch over and over: as arrays for the bare loop, as a source for the adapter. */
  private static final class Data implements BatchSource {
    private final float[] colours = new float[BATCH * 3 * TILE * TILE];
    private final int[] labels = new int[BATCH * TILE * TILE];
    private final int batches;

    Data(List<Tile> tiles, int batches) {
      this.batches = batches;
      int pixels = TILE * TILE;
      for (int i = 0; i < labels.length; i++) {
        int example = i / pixels;
        int x = i % TILE;
        int y = i / TILE % TILE;
        labels[i] = tiles.get(example).label(x, y);
        for (int channel = 0; channel < 3; channel++) {
          colours[(3 * example + channel) * pixels + i % pixels] =
              tiles.get(example).colour(x, y, channel) / 127.5f - 1;
        }
      }
    }

    @Override
    public int batches() {
      return batches;
    }

    @Override
    public Batch load(int epoch, int batch) {
      return Batch.of(
          ArrayData.of(colours, PICTURES.getShape()), ArrayData.of(labels, CLASSES.getShape()));
    }

    NDList pictures(NDManager manager) {
      return new NDList(manager.create(colours, PICTURES));
    }

    NDList classes(NDManager manager) {
      return new NDList(manager.create(labels, CLASSES));
    }
  }

  private static Block network() {
    return UNet.builder(3, Label.COUNT).startFilters(8).depth(3).build();
  }

  private static Loss loss() {
    return SparseCategoricalCrossEntropy.of(Label.COUNT);
  }

  @Override
  public void adapted() throws IOException {
    Study study = Study.named("overhead").minimize("loss").seed(SEED).create();
    study.optimize(
        DjlObjective.builder(hp -> network())
            .loss(loss())
            .training(training)
            .validation(validation)
            .learningRate(LearningRate.constant(AdapterOverhead.RATE))
            .epochs(EPOCHS)
            .device(Device.cpu())
            .build(),
        RunOptions.trials(1));
  }

  @Override
  public void bare() {
    Engine.getInstance().setRandomSeed(SEED);
    Loss loss = loss();
    DefaultTrainingConfig config =
        new DefaultTrainingConfig(loss)
            .optDevices(new Device[] {Device.cpu()})
            .optOptimizer(
                Optimizer.adam()
                    .optLearningRateTracker(Tracker.fixed(AdapterOverhead.RATE))
                    .build());
    try (Model model = Model.newInstance("overhead", Device.cpu())) {
      model.setBlock(network());
      try (Trainer trainer = model.newTrainer(config)) {
        trainer.initialize(PICTURES);
        for (int epoch = 0; epoch < EPOCHS; epoch++) {
          for (int step = 0; step < STEPS; step++) {
            train(trainer, loss);
          }
          validate(trainer, loss);
        }
      }
    }
  }

  private void train(Trainer trainer, Loss loss) {
    try (NDManager manager = trainer.getManager().newSubManager()) {
      NDList pictures = training.pictures(manager);
      try (GradientCollector collector = trainer.newGradientCollector()) {
        NDArray value = loss.evaluate(training.classes(manager), trainer.forward(pictures));
        collector.backward(value);
        AdapterOverhead.requireFinite(value.getFloat());
      }
      trainer.step();
    }
  }

  private void validate(Trainer trainer, Loss loss) {
    try (NDManager manager = trainer.getManager().newSubManager()) {
      NDList outputs = trainer.evaluate(validation.pictures(manager));
      AdapterOverhead.requireFinite(loss.evaluate(validation.classes(manager), outputs).getFloat());
    }
  }
}
