package org.hpo4j.benchmarks.speed;

import static org.hpo4j.benchmarks.MarkdownTable.number;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.hpo4j.benchmarks.MarkdownTable;

/** Figures beside the peer's of the same run. */
final class SpeedTable {

  private SpeedTable() {}

  /** A row a figure of our own, by quantity; a dash where the peer has none. */
  static String of(List<Figure> own, List<Figure> peer) {
    MarkdownTable table =
        new MarkdownTable(
            List.of("quantity", "sampler", "trials", "hpo4j", "Optuna", "hpo4j / Optuna"));
    for (Figure figure : own.stream().sorted(Comparator.comparing(Figure::quantity)).toList()) {
      Optional<Figure> other = peer.stream().filter(figure::measuresTheSameAs).findFirst();
      table.row(
          List.of(
              figure.quantity().label(),
              figure.sampler(),
              Integer.toString(figure.trials()),
              number(figure.value()),
              other.map(o -> number(o.value())).orElse("-"),
              other.map(o -> ratio(figure.value() / o.value())).orElse("-")));
    }
    return table.toString();
  }

  private static String ratio(double ratio) {
    return ratio < 1 ? "1 / " + number(1 / ratio) : number(ratio);
  }
}
