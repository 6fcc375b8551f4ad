package org.hpo4j.examples.vessels.data;

import java.util.ArrayList;
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
   * Returns the SHA-256 sum of names, patients, sizes, colours and masks in their order, part by
   * part: 64 hexadecimal digits.
   */
  public String fingerprint() {
    Fingerprint sum = new Fingerprint();
    for (List<Retina> part : List.of(train, validation, test)) {
      sum.add(part.size());
      part.forEach(retina -> retina.photograph().addTo(sum));
    }
    return sum.hex();
  }

  private static List<Retina> prepared(
      Map<String, List<Photograph>> byPatient, List<String> patients) {
    return patients.stream()
        .sorted()
        .flatMap(patient -> byPatient.getOrDefault(patient, List.of()).stream())
        .map(Retina::of)
        .toList();
  }
}
