package org.hpo4j.examples.unet.engine;

import ai.djl.Device;
import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import java.io.IOException;
import java.nio.file.Path;
import org.hpo4j.examples.unet.data.Label;
import org.hpo4j.examples.unet.model.NetworkFile;

/** A model in DJL's own format, run by DJL alone. */
record LoadedUNet(Model model) implements UNetModel {
  /** DJL's name of the model: its weights are in {@code unet-0000.params}. */
  static final String NAME = "unet";

  static LoadedUNet load(Path folder, Device device) throws IOException {
    DjlUNet block = new DjlUNet(NetworkFile.read(folder.resolve(NetworkFile.NAME)));
    Model model = Model.newInstance(NAME, device);
    try {
      model.setBlock(block);
      model.load(folder, NAME);
      return new LoadedUNet(model);
    } catch (MalformedModelException e) {
      model.close();
      throw new IllegalArgumentException(
          "the weights in '" + folder + "' are of another network: " + e.getMessage(), e);
    } catch (Throwable e) {
      model.close();
      throw e;
    }
  }

  @Override
  public float[] logits(float[] colours, int height, int width) {
    try (NDManager manager = model.getNDManager().newSubManager()) {
      NDList image =
          new NDList(
              manager.create(
                  Planes.byChannel(colours, height * width, 3), new Shape(1, 3, height, width)));
      float[] planes =
          model
              .getBlock()
              .forward(new ParameterStore(manager, false), image, false)
              .singletonOrThrow()
              .toFloatArray();
      return Planes.byPixel(planes, Label.COUNT);
    }
  }

  @Override
  public void close() {
    model.close();
  }
}
