package org.hpo4j.examples.vessels.data;

import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Photographs to train on, to validate and to test on; both eyes of a patient are in the same part.
 */
public record RetinaSplit(List<Retina> train, List<Retina> validation, List<Retina> test) {

  public RetinaSplit {
    train = List.copyOf(train);
    validation = List.copyOf(validation);
    test = List.copyOf(test);
  }

  /**
   * Splits by patient: about a quarter of them to test on, a seventh to validate, at least one
   * each.
   *
   * @param photographs of at least three patients
   * @param seed decides which patient goes to which part
   */
  public static RetinaSplit of(List<Photograph> photographs, long seed) {
    Map<String, List<Photograph>> byPatient = new TreeMap<>();
    for (Photograph photograph : photographs) {
      byPatient.computeIfAbsent(photograph.patient(), unused -> new ArrayList<>()).add(photograph);
    }
    List<String> patients = Seeds.shuffled(List.copyOf(byPatient.keySet()), seed, "split");
    int count = patients.size();
    if (count < 3) {
      throw new IllegalArgumentException(
          "there are photographs of %d patients, needs at least 3: to train, validate and test"
              .formatted(count));
    }
    int test = Math.max(1, count / 4);
    int held = test + Math.max(1, count / 7);
    return new RetinaSplit(
        prepared(byPatient, patients.subList(held, count)),
        prepared(byPatient, patients.subList(test, held)),
        prepared(byPatient, patients.subList(0, test)));
  }

  /**
   * Checks that patches of a size can be cut from every photograph.
   *
   * @throws IllegalArgumentException if one is smaller or has no field of view
   */
  public void requireRoom(int patch) {
    PatchSource.requireRoom(train, patch);
    PatchSource.requireRoom(validation, patch);
    PatchSource.requireRoom(test, patch);
  }

  /**
   * Checks that each part has pixels of vessels and others in its fields of view: there is nothing
   * to learn, and no area under a curve, where one kind is missing.
   *
   * @throws IllegalArgumentException if a part has one kind only
   */
  public void requireBothKinds() {
    requireBothKinds("train", train);
    requireBothKinds("validate", validation);
    requireBothKinds("test", test);
  }

  private static void requireBothKinds(String purpose, List<Retina> part) {
    long inside = 0;
    long vessels = 0;
    for (Retina retina : part) {
      for (int i = 0; i < retina.width() * retina.height(); i++) {
        if (retina.isInside(i)) {
          inside++;
          vessels += retina.isVessel(i) ? 1 : 0;
        }
      }
    }
    if (vessels == 0 || vessels == inside) {
      throw new IllegalArgumentException(
          "the masks of %s, to %s on, call %d of %d pixels vessels, must be some, and not all"
              .formatted(part.stream().map(Retina::name).toList(), purpose, vessels, inside));
    }
  }

  private static List<Retina> prepared(
      Map<String, List<Photograph>> byPatient, List<String> patients) {
    return patients.stream()
        .sorted()
        .flatMap(patient -> byPatient.getOrDefault(patient, List.of()).stream())
        .map(Retina::of)
        .toList();
  }

  /**
   * Returns the SHA-256 sum over the names, patients, sizes, pixels and masks of the photographs of
   * all parts: 64 hexadecimal digits. Equal sums mean equal data.
   */
  public String fingerprint() {
    MessageDigest digest = sha256();
    try (DataOutputStream out =
        new DataOutputStream(new DigestOutputStream(OutputStream.nullOutputStream(), digest))) {
      for (List<Retina> part : List.of(train, validation, test)) {
        out.writeInt(part.size());
        for (Retina retina : part) {
          retina.photograph().writeTo(out);
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
