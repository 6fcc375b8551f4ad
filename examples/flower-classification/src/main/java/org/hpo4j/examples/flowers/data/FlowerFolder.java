package org.hpo4j.examples.flowers.data;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Reads photographs from a folder of classes: each subfolder is a class, each image in it a
 * picture. Hidden files and other endings are passed over.
 */
public final class FlowerFolder {
  private static final Set<String> ENDINGS = Set.of("jpg", "jpeg", "png", "bmp", "gif", "tif");

  private FlowerFolder() {}

  /**
   * Lists the classes and decodes each file once to see that it is a whole image.
   *
   * @throws PictureException if there are fewer than two classes, a class has fewer than {@value
   *     PictureSet#FEWEST} pictures, or a file is no image or damaged
   */
  public static PictureSet read(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      throw new PictureException("'" + folder + "' is not a folder");
    }
    List<Path> classFolders = classFolders(folder);
    if (classFolders.size() < 2) {
      throw new PictureException(
          "'%s' has %d class folders, needs at least 2: one for each class, with its pictures"
              .formatted(folder, classFolders.size()));
    }
    List<String> classes = new ArrayList<>();
    List<Picture> pictures = new ArrayList<>();
    MessageDigest digest = sha256();
    int grey = 0;
    for (Path classFolder : classFolders) {
      int label = classes.size();
      classes.add(classFolder.getFileName().toString());
      List<Path> files = pictureFiles(classFolder);
      requireEnough(classFolder, files.size());
      for (Path file : files) {
        String name = folder.relativize(file).toString().replace('\\', '/');
        digest.update((label + "/" + name + "\n").getBytes(StandardCharsets.UTF_8));
        digest.update(Files.readAllBytes(file));
        grey += PictureFile.isGrey(file) ? 1 : 0;
        pictures.add(new PictureFile(name, label, file));
      }
    }
    return new PictureSet(classes, pictures, grey, HexFormat.of().formatHex(digest.digest()));
  }

  private static List<Path> classFolders(Path folder) throws IOException {
    try (Stream<Path> listed = Files.list(folder)) {
      return listed.filter(path -> Files.isDirectory(path) && !isHidden(path)).sorted().toList();
    }
  }

  private static List<Path> pictureFiles(Path classFolder) throws IOException {
    try (Stream<Path> listed = Files.list(classFolder)) {
      return listed
          .filter(file -> hasPictureEnding(file) && !Files.isDirectory(file))
          .sorted()
          .toList();
    }
  }

  private static void requireEnough(Path classFolder, int count) throws PictureException {
    if (count == 0) {
      throw new PictureException(
          "class folder '%s' has no pictures: it must hold files ending in %s"
              .formatted(classFolder, ENDINGS.stream().sorted().toList()));
    }
    if (count < PictureSet.FEWEST) {
      throw new PictureException(
          "class folder '%s' has %d picture%s, needs at least %d to train, validate and test"
              .formatted(classFolder, count, count == 1 ? "" : "s", PictureSet.FEWEST));
    }
  }

  private static boolean hasPictureEnding(Path file) {
    String name = file.getFileName().toString();
    int dot = name.lastIndexOf('.');
    return !isHidden(file)
        && dot > 0
        && ENDINGS.contains(name.substring(dot + 1).toLowerCase(Locale.ROOT));
  }

  private static boolean isHidden(Path path) {
    return path.getFileName().toString().startsWith(".");
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
