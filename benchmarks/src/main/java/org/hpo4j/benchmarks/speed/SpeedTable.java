package org.hpo4j.benchmarks.speed;

import static org.hpo4j.benchmarks.MarkdownTable.number;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.hpo4j.benchmarks.MarkdownTable;

/** Figures beside the peers' of the same run. */
final class SpeedTable {

  private SpeedTable() {}

  /** A row a figure of our own, by quantity, with each peer's and the ratio to it. */
  static String of(List<Figure> own, List<Figure> peers) {
    List<String> libraries = peers.stream().map(Figure::library).distinct().toList();
    List<String> heads = new ArrayList<>(List.of("quantity", "sampler", "trials", "hpo4j"));
    for (String library : libraries) {
      heads.add(library);
      heads.add("hpo4j / " + library);
    }
    MarkdownTable table = new MarkdownTable(heads);
    for (Figure figure : own.stream().sorted(Comparator.comparing(Figure::quantity)).toList()) {
      List<String> row = new ArrayList<>();
      row.add(figure.quantity().label());
      row.add(figure.sampler());
      row.add(Integer.toString(figure.trials()));
      row.add(number(figure.value()));
      for (String library : libraries) {
        Optional<Figure> other =
            peers.stream()
                .filter(peer -> peer.library().equals(library) && figure.measuresTheSameAs(peer))
                .findFirst();
        row.add(other.map(o -> number(o.value())).orElse("-"));
        row.add(other.map(o -> ratio(figure.value() / o.value())).orElse("-"));
      }
      table.row(row);
    }
    return table.toString();
  }

  private static String ratio(double ratio) {
    return ratio < 1 ? "1 / " + number(1 / ratio) : number(ratio);
  }
}
