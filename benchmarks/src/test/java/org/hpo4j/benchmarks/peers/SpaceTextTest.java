package org.hpo4j.benchmarks.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.hpo4j.benchmarks.problems.Problem;
import org.hpo4j.benchmarks.problems.Problems;
import org.hpo4j.json.Json;
import org.hpo4j.space.Parameters;
import org.hpo4j.space.SpaceNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SpaceTextTest {

  @Test
  void parametersAreToldByTheirBounds() {
    assertThat(
            text(
                Parameters.logUniform("lr", 1e-3, 1),
                Parameters.integer("n", 2, 10, 2),
                Parameters.bool("bn")))
        .isEqualTo(
            "[{\"name\":\"lr\",\"type\":\"real\",\"low\":0.001,\"high\":1.0,\"log\":true},"
                + "{\"name\":\"n\",\"type\":\"integer\",\"low\":2,\"high\":10,\"step\":2,\"log\":false},"
                + "{\"name\":\"bn\",\"type\":\"choice\",\"options\":[\"false\",\"true\"]}]");
  }

  @Test
  void branchesStandInTheirChoice() {
    assertThat(
            text(
                Parameters.oneOf(
                    "c", Parameters.when("a", Parameters.bool("x")), Parameters.when("b"))))
        .isEqualTo(
            "[{\"name\":\"c\",\"type\":\"choice\",\"options\":[\"a\",\"b\"],\"branches\":"
                + "{\"a\":[{\"name\":\"x\",\"type\":\"choice\",\"options\":[\"false\",\"true\"]}],"
                + "\"b\":[]}}]");
  }

  static List<Problem> problems() {
    return Problems.all();
  }

  @ParameterizedTest
  @MethodSource("problems")
  void everyProblemCanBeTold(Problem problem) {
    assertThatCode(() -> SpaceText.of(problem.space().nodes())).doesNotThrowAnyException();
  }

  @Test
  void aDomainThatSomePeerLacksIsRefused() {
    assertThatThrownBy(() -> text(Parameters.normal("x", 0, 1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no peer is told of x");
  }

  private static String text(SpaceNode... nodes) {
    return Json.write(SpaceText.of(List.of(nodes)));
  }
}
