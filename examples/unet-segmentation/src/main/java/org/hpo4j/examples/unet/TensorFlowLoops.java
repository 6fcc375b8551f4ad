package org.hpo4j.examples.unet;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.hpo4j.examples.unet.data.GeneratedTiles;
import org.hpo4j.examples.unet.data.Label;
import org.hpo4j.examples.unet.data.Seeds;
import org.hpo4j.examples.unet.data.Tile;
import org.hpo4j.examples.unet.data.TileSplit;
import org.hpo4j.examples.unet.engine.TensorFlowUNet;
import org.hpo4j.examples.unet.model.UNet;
import org.hpo4j.study.RunOptions;
import org.hpo4j.study.Study;
import org.hpo4j.tensorflow.Batch;
import org.hpo4j.tensorflow.BatchSource;
import org.hpo4j.tensorflow.LearningRate;
import org.hpo4j.tensorflow.Network;
import org.hpo4j.tensorflow.TensorData;
import org.hpo4j.tensorflow.TensorFlowObjective;
import org.hpo4j.tensorflow.layers.Layer;
import org.hpo4j.tensorflow.layers.Mode;
import org.hpo4j.tensorflow.layers.Tower;
import org.hpo4j.tensorflow.layers.Variables;
import org.hpo4j.tensorflow.loss.SparseCategoricalCrossEntropy;
import org.hpo4j.tensorflow.optimizer.Adam;
import org.hpo4j.tensorflow.optimizer.LossGradients;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/** The study's U-Net on TensorFlow. */
final class TensorFlowLoops implements AdapterOverhead.Loops {
  private static final int TILE = AdapterOverhead.TILE;
  private static final int BATCH = AdapterOverhead.BATCH;
  private static final int STEPS = AdapterOverhead.STEPS;
  private static final int EPOCHS = AdapterOverhead.EPOCHS;
  private static final UNet UNET = new UNet(8, 57, Profile.BATCH_NORM_MOMENTUM);
  private static final SparseCategoricalCrossEntropy LOSS =
      SparseCategoricalCrossEntropy.of(Label.COUNT);

  private final Data training;
  private final Data validation;

  TensorFlowLoops() {
    TileSplit tiles = GeneratedTiles.of(1, TILE, BATCH, BATCH);
    training = new Data(tiles.train(), STEPS);
    validation = new Data(tiles.validation(), 1);
  }

  /** One batch over and over: as arrays for the bare loop, as a source for the adapter. */
  private static final class Data implements BatchSource<TInt32> {
    private final float[] colours = new float[BATCH * TILE * TILE * 3];
    private final int[] labels = new int[BATCH * TILE * TILE];
    private final int batches;

    Data(List<Tile> tiles, int batches) {
      this.batches = batches;
      for (int i = 0; i < labels.length; i++) {
        Tile tile = tiles.get(i / (TILE * TILE));
        int x = i % TILE;
        int y = i / TILE % TILE;
        labels[i] = tile.label(x, y);
        for (int channel = 0; channel < 3; channel++) {
          colours[3 * i + channel] = tile.colour(x, y, channel) / 127.5f - 1;
        }
      }
    }

    @Override
    public int batches() {
      return batches;
    }

    @Override
    public Batch<TInt32> load(int epoch, int batch) {
      return new Batch<>(
          TensorData.of(colours, BATCH, TILE, TILE, 3), TensorData.of(labels, BATCH, TILE, TILE));
    }

    TFloat32 colourTensor() {
      return TFloat32.tensorOf(Shape.of(BATCH, TILE, TILE, 3), DataBuffers.of(colours));
    }

    TInt32 labelTensor() {
      return TInt32.tensorOf(Shape.of(BATCH, TILE, TILE), DataBuffers.of(labels));
    }
  }

  @Override
  public void adapted() throws IOException {
    Study study = Study.named("overhead").minimize("loss").seed(1).create();
    study.optimize(
        TensorFlowObjective.<TInt32>builder(
                hp -> Network.of(variables -> TensorFlowUNet.layers(UNET, variables), LOSS))
            .training(training)
            .validation(validation)
            .learningRate(LearningRate.constant(AdapterOverhead.RATE))
            .epochs(EPOCHS)
            .build(),
        RunOptions.trials(1));
  }

  @Override
  public void bare() {
    try (Graph graph = new Graph()) {
      Ops tf = Ops.create(graph);
      Placeholder<TFloat32> x =
          tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, -1, -1, 3)));
      Placeholder<TInt32> y = tf.placeholder(TInt32.class);
      Placeholder<TFloat32> rate = tf.placeholder(TFloat32.class);
      Variables variables = Variables.of(tf, name -> Seeds.generator(1, 0, name));
      Variables moments = Variables.of(tf, name -> Seeds.generator(1, 0, name));
      Layer layers = TensorFlowUNet.layers(UNET, variables);
      Tower tower = Tower.of(tf, Mode.TRAINING);
      Operand<TFloat32> trainingLoss = LOSS.mean(tf, layers.apply(tower, x), y);
      List<Op> updates = new ArrayList<>(tower.updates());
      LossGradients gradients = LossGradients.of(graph, trainingLoss, variables);
      updates.add(Adam.ofDefaults().minimize(graph, gradients, variables, moments, rate));
      Op step = tf.withControlDependencies(updates).noOp();
      Operand<TFloat32> loss = LOSS.mean(tf, layers.apply(Tower.of(tf, Mode.INFERENCE), x), y);
      try (Session session = new Session(graph)) {
        variables.initialize(session);
        moments.initialize(session);
        for (int epoch = 0; epoch < EPOCHS; epoch++) {
          for (int i = 0; i < STEPS; i++) {
            try (TFloat32 colours = training.colourTensor();
                TInt32 labels = training.labelTensor();
                TFloat32 stepSize = TFloat32.scalarOf(AdapterOverhead.RATE);
                var result =
                    session
                        .runner()
                        .feed(x, colours)
                        .feed(y, labels)
                        .feed(rate, stepSize)
                        .fetch(trainingLoss)
                        .addTarget(step)
                        .run()) {
              AdapterOverhead.requireFinite(((TFloat32) result.get(0)).getFloat());
            }
          }
          try (TFloat32 colours = validation.colourTensor();
              TInt32 labels = validation.labelTensor();
              var result = session.runner().feed(x, colours).feed(y, labels).fetch(loss).run()) {
            AdapterOverhead.requireFinite(((TFloat32) result.get(0)).getFloat());
          }
        }
      }
    }
  }
}
