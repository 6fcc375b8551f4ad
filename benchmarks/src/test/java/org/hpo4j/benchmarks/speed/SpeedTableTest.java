package org.hpo4j.benchmarks.speed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import org.hpo4j.benchmarks.speed.Figure.Quantity;
import org.junit.jupiter.api.Test;

class SpeedTableTest {

  private static final Figure OWN = new Figure("hpo4j", Quantity.ASK, "tpe", 100, 200);

  @Test
  void aFigureStandsBesideThePeersOfTheSameMeasurement() throws IOException {
    List<Figure> peer =
        Figure.parse(
            "optuna,ask,random,100,400\noptuna,ask,tpe,1000,9000\noptuna,ask,tpe,100,5000\n");
    assertThat(SpeedTable.of(List.of(OWN), peer))
        .endsWith("| ask and tell, \u00b5s | tpe | 100 | 200 | 5000 | 1 / 25 |\n");
  }

  @Test
  void withoutAPeerThereIsNoRatio() {
    assertThat(SpeedTable.of(List.of(OWN), List.of())).endsWith("| 200 |\n");
  }

  @Test
  void eachPeerHasAColumnAndADashWhereItHasNoFigure() throws IOException {
    List<Figure> peers = Figure.parse("optuna,ask,tpe,100,400\nrustuna,ask,tpe,1000,50\n");
    assertThat(SpeedTable.of(List.of(OWN), peers))
        .startsWith("| quantity | sampler | trials | hpo4j | optuna | hpo4j / optuna | rustuna |")
        .endsWith("| 200 | 400 | 1 / 2 | - | - |\n");
  }

  @Test
  void memoryATrialIsComparedAcrossSizes() {
    Figure own = new Figure("hpo4j", Quantity.HEAP, "random", 100_000, 150);
    Figure peer = new Figure("optuna", Quantity.HEAP, "random", 10_000, 100);
    assertThat(SpeedTable.of(List.of(own), List.of(peer))).endsWith("| 150 | 100 | 1.5 |\n");
  }

  @Test
  void otherTextIsRefused() {
    assertThatThrownBy(() -> Figure.parse("Traceback"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("Traceback");
  }
}
