package org.hpo4j.examples.vessels.engine;

import java.util.ArrayList;
import java.util.List;

/** Finds the learned slopes among a network's variables, which both engines name alike. */
final class Slopes {
  private static final String ENDING = "/slope";

  private Slopes() {}

  static boolean isSlope(String name) {
    return name.endsWith(ENDING);
  }

  static String layer(String name) {
    return name.substring(0, name.length() - ENDING.length());
  }

  static List<Double> list(float[] values) {
    List<Double> list = new ArrayList<>();
    for (float value : values) {
      list.add((double) value);
    }
    return list;
  }
}
