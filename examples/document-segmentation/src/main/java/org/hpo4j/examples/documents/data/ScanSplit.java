package org.hpo4j.examples.documents.data;

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
 * Scans to train on, to choose by and to report on.
 *
 * @param classes names of the classes, by the number of their mask
 * @param train at least one
 * @param validation at least one
 * @param test at least one
 */
public record ScanSplit(
    List<String> classes, List<Scan> train, List<Scan> validation, List<Scan> test) {
  static final int FEWEST = 3;

  public ScanSplit {
    classes = List.copyOf(classes);
    if (classes.isEmpty() || classes.size() > Scan.MOST_CLASSES) {
      throw new IllegalArgumentException(
          "got %d classes, must be from 1 to %d".formatted(classes.size(), Scan.MOST_CLASSES));
    }
    train = requireSome("train", train);
    validation = requireSome("validation", validation);
    test = requireSome("test", test);
  }

  private static List<Scan> requireSome(String part, List<Scan> scans) {
    if (scans.isEmpty()) {
      throw new IllegalArgumentException("the " + part + " part has no scans, needs at least one");
    }
    return List.copyOf(scans);
  }

  /**
   * Splits scans 70/15/15 by file, in an order that the seed alone decides.
   *
   * @param scans at least three, of different names
   */
  static ScanSplit of(List<String> classes, List<Scan> scans, long seed) {
    if (scans.size() < FEWEST) {
      throw new IllegalArgumentException(
          "got %d scans, needs at least %d to train, validate and test"
              .formatted(scans.size(), FEWEST));
    }
    List<Scan> shuffled = new ArrayList<>(scans);
    shuffled.sort(Comparator.comparing(Scan::name));
    Collections.shuffle(shuffled, new Random(seed));
    int held = Math.max(1, (int) Math.round(0.15 * shuffled.size()));
    int train = shuffled.size() - 2 * held;
    return new ScanSplit(
        classes,
        shuffled.subList(0, train),
        shuffled.subList(train, train + held),
        shuffled.subList(train + held, shuffled.size()));
  }

  /** Returns what share of the training pixels belongs to each class, in [0, 1]. */
  public double[] classShares() {
    double[] counts = new double[classes.size()];
    double pixels = 0;
    for (Scan scan : train) {
      pixels += (double) scan.width() * scan.height();
      for (int y = 0; y < scan.height(); y++) {
        for (int x = 0; x < scan.width(); x++) {
          for (int c = 0; c < counts.length; c++) {
            counts[c] += scan.is(x, y, c) ? 1 : 0;
          }
        }
      }
    }
    for (int c = 0; c < counts.length; c++) {
      counts[c] /= pixels;
    }
    return counts;
  }

  /**
   * Returns the SHA-256 sum over the classes, and the names, sizes, pixels and masks of all parts:
   * 64 hexadecimal digits. Equal sums mean equal data.
   */
  public String fingerprint() {
    MessageDigest digest = sha256();
    try (DataOutputStream out =
        new DataOutputStream(new DigestOutputStream(OutputStream.nullOutputStream(), digest))) {
      out.writeInt(classes.size());
      for (String name : classes) {
        out.writeUTF(name);
      }
      for (List<Scan> part : List.of(train, validation, test)) {
        out.writeInt(part.size());
        for (Scan scan : part) {
          scan.writeTo(out);
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
