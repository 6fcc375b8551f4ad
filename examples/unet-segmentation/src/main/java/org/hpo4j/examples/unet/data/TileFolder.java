package org.hpo4j.examples.unet.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Reads tiles from a folder in one of three layouts:
 *
 * <ul>
 *   <li>{@code train/}, {@code val/} and {@code test/}, each with {@code images/} and {@code
 *       masks/};
 *   <li>{@code images/} and {@code masks/}, split 70/15/15 by file;
 *   <li>SpaceNet's PASCAL VOC tiles side by side, {@code NAME.jpg} (or another image) and {@code
 *       NAMEsegcls.tif}, split alike.
 * </ul>
 *
 * <p>A mask has its image's name but for the ending, and its size.
 */
public final class TileFolder {
  private static final Set<String> ENDINGS =
      Set.of("jpg", "jpeg", "png", "tif", "tiff", "bmp", "gif");
  private static final String VOC_SUFFIX = "segcls";

  private TileFolder() {}

  /**
   * Reads all tiles of a folder.
   *
   * @param seed decides which file goes to which part where the folder doesn't
   * @throws TileReadException if the folder has none of the layouts or a file can't be used
   */
  public static TileSplit read(Path folder, long seed) throws TileReadException {
    if (!Files.isDirectory(folder)) {
      throw new TileReadException("'" + folder + "' is not a folder");
    }
    try {
      if (Files.isDirectory(folder.resolve("train"))) {
        return new TileSplit(
            readPairs(folder.resolve("train")),
            readPairs(folder.resolve("val")),
            readPairs(folder.resolve("test")));
      }
      boolean pairs = Files.isDirectory(folder.resolve("images"));
      List<Tile> tiles = pairs ? readPairs(folder) : readVoc(folder);
      if (tiles.size() < 3) {
        throw new TileReadException(
            "'%s' has %d tiles, needs at least 3 to train, validate and test"
                .formatted(folder, tiles.size()));
      }
      return TileSplit.of(tiles, seed);
    } catch (IOException e) {
      throw new TileReadException("'" + folder + "' can't be listed: " + e.getMessage(), e);
    }
  }

  private static List<Tile> readPairs(Path part) throws TileReadException, IOException {
    Path imageFolder = part.resolve("images");
    Path maskFolder = part.resolve("masks");
    for (Path needed : List.of(imageFolder, maskFolder)) {
      if (!Files.isDirectory(needed)) {
        throw new TileReadException(
            "'" + needed + "' is missing: '" + part + "' must have folders images and masks");
      }
    }
    Map<String, Path> images = filesByName(imageFolder);
    if (images.isEmpty()) {
      throw new TileReadException("'" + imageFolder + "' has no images, needs at least one");
    }
    Map<String, Path> masks = filesByName(maskFolder);
    List<Tile> tiles = new ArrayList<>();
    for (Map.Entry<String, Path> image : images.entrySet()) {
      Path mask = masks.get(image.getKey());
      if (mask == null) {
        throw new TileReadException(
            "'%s' has no mask: '%s' must have a file named %s.png (or another image ending)"
                .formatted(image.getValue(), maskFolder, image.getKey()));
      }
      tiles.add(TileReader.read(image.getKey(), image.getValue(), mask, false));
    }
    return tiles;
  }

  private static List<Tile> readVoc(Path folder) throws TileReadException, IOException {
    Map<String, Path> files = filesByName(folder);
    List<Tile> tiles = new ArrayList<>();
    for (Map.Entry<String, Path> image : files.entrySet()) {
      if (image.getKey().endsWith(VOC_SUFFIX)) {
        continue;
      }
      Path mask = files.get(image.getKey() + VOC_SUFFIX);
      if (mask == null) {
        throw new TileReadException(
            "'%s' has no mask: beside it must be %s%s.tif"
                .formatted(image.getValue(), image.getKey(), VOC_SUFFIX));
      }
      tiles.add(TileReader.read(image.getKey(), image.getValue(), mask, true));
    }
    if (tiles.isEmpty()) {
      throw new TileReadException(
          "'"
              + folder
              + "' has no tiles: it must have train, val and test folders, or images and masks"
              + " folders, or SpaceNet tiles NAME.jpg with NAMEsegcls.tif");
    }
    return tiles;
  }

  /**
   * Returns the image files of a folder by their name without the ending, in the order of names.
   */
  private static Map<String, Path> filesByName(Path folder) throws TileReadException, IOException {
    Map<String, Path> files = new TreeMap<>();
    try (Stream<Path> listed = Files.list(folder)) {
      for (Path file : listed.sorted().toList()) {
        String name = file.getFileName().toString();
        int dot = name.lastIndexOf('.');
        boolean hidden = name.startsWith(".");
        if (!hidden
            && dot > 0
            && ENDINGS.contains(name.substring(dot + 1).toLowerCase(Locale.ROOT))) {
          Path other = files.put(name.substring(0, dot), file);
          if (other != null) {
            throw new TileReadException(
                "'%s' and '%s' have one name: which one is meant?".formatted(other, file));
          }
        }
      }
    }
    return files;
  }
}
