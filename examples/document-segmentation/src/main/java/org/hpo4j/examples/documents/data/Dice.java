package org.hpo4j.examples.documents.data;

import java.util.List;
import java.util.random.RandomGenerator;

/** The draws that a form is made of. */
final class Dice {
  private static final String LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
  private final RandomGenerator random;

  Dice(RandomGenerator random) {
    this.random = random;
  }

  double between(double low, double high) {
    return low + (high - low) * random.nextDouble();
  }

  /** Returns an integer of [low, high]. */
  int integer(int low, int high) {
    return low + random.nextInt(high - low + 1);
  }

  boolean chance(double probability) {
    return random.nextDouble() < probability;
  }

  <T> T pick(List<T> options) {
    return options.get(random.nextInt(options.size()));
  }

  double gaussian() {
    return random.nextGaussian();
  }

  String digits(int count) {
    StringBuilder digits = new StringBuilder();
    for (int i = 0; i < count; i++) {
      digits.append((char) ('0' + random.nextInt(10)));
    }
    return digits.toString();
  }

  String word(int least, int most) {
    int length = integer(least, most);
    StringBuilder word = new StringBuilder();
    for (int i = 0; i < length; i++) {
      word.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
    }
    return word.toString();
  }
}
