package org.hpo4j.examples.documents.data;

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
 * Reads scans from a folder in one of two layouts:
 *
 * <ul>
 *   <li>{@code train/}, {@code val/} and {@code test/}, each with {@code images/} and {@code
 *       masks/};
 *   <li>{@code images/} and {@code masks/}, split 70/15/15 by file.
 * </ul>
 *
 * <p>{@code masks/} has a folder for each class, all parts the same ones. The mask of {@code
 * images/NAME.jpg} for a class is {@code masks/CLASS/NAME.png} (or another image ending), as large
 * as the image, with the value 0 and one other value, which marks the class. An image without a
 * file in a class's folder has nothing of that class, but each image must have a mask of some
 * class, and each class one to train on. Masks of different classes may overlap.
 */
public final class ScanFolder {
  private static final Set<String> ENDINGS =
      Set.of("jpg", "jpeg", "png", "tif", "tiff", "bmp", "gif");

  private ScanFolder() {}

  /**
   * Reads all scans of a folder.
   *
   * @param seed decides which file goes to which part where the folder doesn't
   * @throws ScanReadException if the folder has none of the layouts or a file can't be used
   */
  public static ScanSplit read(Path folder, long seed) throws ScanReadException {
    if (!Files.isDirectory(folder)) {
      throw new ScanReadException("'" + folder + "' is not a folder");
    }
    try {
      if (!Files.isDirectory(folder.resolve("train"))) {
        List<String> classes = classes(folder);
        requireMasks(folder, classes);
        List<Scan> scans = part(folder, classes);
        if (scans.size() < ScanSplit.FEWEST) {
          throw new ScanReadException(
              "'%s' has %d scans, needs at least %d to train, validate and test"
                  .formatted(folder, scans.size(), ScanSplit.FEWEST));
        }
        return ScanSplit.of(classes, scans, seed);
      }
      List<String> classes = classes(folder.resolve("train"));
      for (String part : List.of("val", "test")) {
        List<String> others = classes(folder.resolve(part));
        if (!others.equals(classes)) {
          throw new ScanReadException(
              "'%s' has the classes %s, '%s' has %s: all parts must have the same"
                  .formatted(folder.resolve(part), others, folder.resolve("train"), classes));
        }
      }
      requireMasks(folder.resolve("train"), classes);
      return new ScanSplit(
          classes,
          part(folder.resolve("train"), classes),
          part(folder.resolve("val"), classes),
          part(folder.resolve("test"), classes));
    } catch (IOException e) {
      throw new ScanReadException("'" + folder + "' can't be listed: " + e.getMessage(), e);
    }
  }

  private static List<String> classes(Path part) throws ScanReadException, IOException {
    for (String needed : List.of("images", "masks")) {
      if (!Files.isDirectory(part.resolve(needed))) {
        throw new ScanReadException(
            "'%s' is missing: '%s' must have folders images and masks"
                .formatted(part.resolve(needed), part));
      }
    }
    try (Stream<Path> listed = Files.list(part.resolve("masks"))) {
      List<String> classes =
          listed
              .filter(Files::isDirectory)
              .map(path -> String.valueOf(path.getFileName()))
              .filter(name -> !name.startsWith("."))
              .sorted()
              .toList();
      if (classes.isEmpty() || classes.size() > Scan.MOST_CLASSES) {
        throw new ScanReadException(
            "'%s' has %d folders, must have one for each class, from 1 to %d"
                .formatted(part.resolve("masks"), classes.size(), Scan.MOST_CLASSES));
      }
      return classes;
    }
  }

  /** What is to be learned must be somewhere; a class that nobody marked is a mistaken folder. */
  private static void requireMasks(Path part, List<String> classes)
      throws ScanReadException, IOException {
    for (String name : classes) {
      Path folder = part.resolve("masks").resolve(name);
      if (filesByName(folder).isEmpty()) {
        throw new ScanReadException(
            "class folder '" + folder + "' has no masks, needs at least one to learn the class");
      }
    }
  }

  private static List<Scan> part(Path part, List<String> classes)
      throws ScanReadException, IOException {
    Map<String, Path> images = filesByName(part.resolve("images"));
    if (images.isEmpty()) {
      throw new ScanReadException(
          "'" + part.resolve("images") + "' has no images, needs at least one");
    }
    List<Map<String, Path>> masks = new ArrayList<>();
    for (String name : classes) {
      Path folder = part.resolve("masks").resolve(name);
      Map<String, Path> files = filesByName(folder);
      for (Map.Entry<String, Path> mask : files.entrySet()) {
        if (!images.containsKey(mask.getKey())) {
          throw new ScanReadException(
              "mask '%s' has no image: '%s' must have a file named %s.jpg (or another image ending)"
                  .formatted(mask.getValue(), part.resolve("images"), mask.getKey()));
        }
      }
      masks.add(files);
    }
    List<Scan> scans = new ArrayList<>();
    for (Map.Entry<String, Path> image : images.entrySet()) {
      Map<Integer, Path> byClass = new TreeMap<>();
      for (int c = 0; c < classes.size(); c++) {
        Path mask = masks.get(c).get(image.getKey());
        if (mask != null) {
          byClass.put(c, mask);
        }
      }
      if (byClass.isEmpty()) {
        throw new ScanReadException(
            "'%s' has no mask: a folder of '%s' must have a file named %s.png (or another image ending)"
                .formatted(image.getValue(), part.resolve("masks"), image.getKey()));
      }
      scans.add(ScanReader.read(image.getKey(), image.getValue(), byClass));
    }
    return scans;
  }

  /**
   * Returns the image files of a folder by their name without the ending, in the order of names.
   */
  private static Map<String, Path> filesByName(Path folder) throws ScanReadException, IOException {
    Map<String, Path> files = new TreeMap<>();
    try (Stream<Path> listed = Files.list(folder)) {
      for (Path file : listed.sorted().toList()) {
        String name = String.valueOf(file.getFileName());
        int dot = name.lastIndexOf('.');
        if (!name.startsWith(".")
            && dot > 0
            && ENDINGS.contains(name.substring(dot + 1).toLowerCase(Locale.ROOT))) {
          Path other = files.put(name.substring(0, dot), file);
          if (other != null) {
            throw new ScanReadException(
                "'%s' and '%s' have one name: which one is meant?".formatted(other, file));
          }
        }
      }
    }
    return files;
  }
}
