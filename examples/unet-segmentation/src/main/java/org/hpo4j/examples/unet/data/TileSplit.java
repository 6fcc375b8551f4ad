package org.hpo4j.examples.unet.data;

import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;

/**
 * Tiles to train on, to choose by and to report on.
 *
 * @param train at least one
 * @param validation at least one
 * @param test at least one
 */
public record TileSplit(List<Tile> train, List<Tile> validation, List<Tile> test) {
  private static final int FEWEST = 3;

  public TileSplit {
    train = requireSome("train", train);
    validation = requireSome("validation", validation);
    test = requireSome("test", test);
  }

  private static List<Tile> requireSome(String part, List<Tile> tiles) {
    if (tiles.isEmpty()) {
      throw new IllegalArgumentException("the " + part + " part has no tiles, needs at least one");
    }
    return List.copyOf(tiles);
  }

  /**
   * Splits tiles 70/15/15 by file: whole files go to one part, in an order that the seed alone
   * decides.
   *
   * @param tiles at least three, of different names
   */
  static TileSplit of(List<Tile> tiles, long seed) {
    if (tiles.size() < FEWEST) {
      throw new IllegalArgumentException(
          "got %d tiles, needs at least %d to train, validate and test"
              .formatted(tiles.size(), FEWEST));
    }
    List<Tile> shuffled = new ArrayList<>(tiles);
    shuffled.sort(Comparator.comparing(Tile::name));
    Collections.shuffle(shuffled, new Random(seed));
    int held = Math.max(1, (int) Math.round(0.15 * shuffled.size()));
    int train = shuffled.size() - 2 * held;
    return new TileSplit(
        shuffled.subList(0, train),
        shuffled.subList(train, train + held),
        shuffled.subList(train + held, shuffled.size()));
  }

  /**
   * Returns the SHA-256 sum over the names, sizes, pixels and labels of all parts: 64 hexadecimal
   * digits. Equal sums mean equal data.
   */
  public String fingerprint() {
    MessageDigest digest = sha256();
    try (DataOutputStream out =
        new DataOutputStream(new DigestOutputStream(OutputStream.nullOutputStream(), digest))) {
      for (List<Tile> part : List.of(train, validation, test)) {
        out.writeInt(part.size());
        for (Tile tile : part) {
          tile.writeTo(out);
        }
      }
    } catch (IOException e) {
      throw new IllegalStateException("a digest has no input or output that could fail", e);
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
