package org.hpo4j.examples.documents.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hpo4j.examples.documents.data.Scan;

/**
 * How well masks are found: pixels of each class that were found, invented and missed.
 *
 * <p>F1 = 2 TP / (2 TP + FP + FN), precision = TP / (TP + FP), recall = TP / (TP + FN), IoU = TP /
 * (TP + FP + FN); 0 where there is nothing to divide by. Over all classes, the pixels of all
 * classes are added up first.
 */
public final class MaskScore {
  private final long[] found;
  private final long[] invented;
  private final long[] missed;

  /** A score of nothing yet. */
  public MaskScore(int classes) {
    found = new long[classes];
    invented = new long[classes];
    missed = new long[classes];
  }

  /** Adds what a network says of a scan. */
  public void add(Scan scan, Prediction prediction) {
    for (int y = 0; y < prediction.height(); y++) {
      for (int x = 0; x < prediction.width(); x++) {
        for (int c = 0; c < found.length; c++) {
          boolean truth = scan.is(x, y, c);
          if (prediction.is(x, y, c)) {
            (truth ? found : invented)[c]++;
          } else if (truth) {
            missed[c]++;
          }
        }
      }
    }
  }

  /** Returns the F1 of a class. */
  public double f1(int formClass) {
    return ratio(
        2 * found[formClass], 2 * found[formClass] + invented[formClass] + missed[formClass]);
  }

  /** Returns the F1 over all classes. */
  public double f1() {
    return ratio(2 * sum(found), 2 * sum(found) + sum(invented) + sum(missed));
  }

  /** Returns the precision over all classes. */
  public double precision() {
    return ratio(sum(found), sum(found) + sum(invented));
  }

  /** Returns the recall over all classes. */
  public double recall() {
    return ratio(sum(found), sum(found) + sum(missed));
  }

  /** Returns the IoU over all classes. */
  public double iou() {
    return ratio(sum(found), sum(found) + sum(invented) + sum(missed));
  }

  private static long sum(long[] counts) {
    long sum = 0;
    for (long count : counts) {
      sum += count;
    }
    return sum;
  }

  private static double ratio(long part, long whole) {
    return whole == 0 ? 0 : (double) part / whole;
  }

  /** Returns all numbers by name, to keep with a study. */
  public Map<String, Object> toAttribute() {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("f1", f1());
    all.put("precision", precision());
    all.put("recall", recall());
    all.put("iou", iou());
    List<Double> byClass = new ArrayList<>();
    for (int c = 0; c < found.length; c++) {
      byClass.add(f1(c));
    }
    all.put("f1_by_class", byClass);
    return all;
  }
}
