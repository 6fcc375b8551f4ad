package org.hpo4j.space;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hpo4j.space.Parameters.integer;
import static org.hpo4j.space.Parameters.logUniform;
import static org.hpo4j.space.Parameters.oneOf;
import static org.hpo4j.space.Parameters.uniform;
import static org.hpo4j.space.Parameters.when;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SearchSpaceTest {

  private static final Parameter<Double> C = logUniform("svm.c", 1e-3, 1e3);
  private static final Parameter<Double> WIDTH = uniform("svm.width", 0, 1);
  private static final Parameter<Integer> DEPTH = integer("depth", 1, 8);
  private static final Parameter<Double> RATE = uniform("rate", 0, 1);

  /** rate; classifier: svm (c; kernel: rbf (width), linear ()) or forest (depth). */
  private static SearchSpace nested() {
    return SearchSpace.of(
        RATE,
        oneOf(
            "classifier",
            when("svm", C, oneOf("kernel", when("rbf", WIDTH), when("linear"))),
            when("forest", DEPTH)));
  }

  private static List<String> names(List<Parameter<?>> parameters) {
    return parameters.stream().map(Parameter::name).toList();
  }

  @Test
  void parametersAreListedDepthFirst() {
    assertThat(names(nested().parameters()))
        .containsExactly("rate", "classifier", "svm.c", "kernel", "svm.width", "depth");
    assertThat(nested().parameter("svm.c")).contains(C);
    assertThat(nested().parameter("absent")).isEmpty();
  }

  @Test
  void parametersAreGroupedByTheirConditions() {
    assertThat(nested().groups().stream().map(SearchSpaceTest::names))
        .containsExactly(
            List.of("rate", "classifier"),
            List.of("svm.c", "kernel"),
            List.of("svm.width"),
            List.of("depth"));
  }

  @Test
  void onlyTheChosenBranchIsActive() {
    Configuration forest =
        nested().configurationOf(Map.of("rate", 0.5, "classifier", "forest", "depth", 3));
    Configuration rbf =
        nested()
            .configurationOf(
                Map.of(
                    "rate", 0.5, "classifier", "svm", "kernel", "rbf", "svm.c", 1, "svm.width", 1));

    assertThat(names(forest.parameters())).containsExactly("rate", "classifier", "depth");
    assertThat(names(rbf.parameters()))
        .containsExactly("rate", "classifier", "svm.c", "kernel", "svm.width");
  }

  @Test
  void defaultsTakeTheFirstBranches() {
    assertThat(nested().defaults().toMap())
        .containsEntry("classifier", "svm")
        .containsEntry("kernel", "rbf")
        .containsEntry("rate", 0.5)
        .doesNotContainKey("depth");
  }

  @Test
  void branchesMayShareAParameter() {
    SearchSpace space =
        SearchSpace.of(oneOf("model", when("a", RATE, C), when("b", RATE), when("c")));

    assertThat(names(space.parameters())).containsExactly("model", "rate", "svm.c");
    assertThat(space.configurationOf(Map.of("model", "b", "rate", 0.1)).get(RATE)).isEqualTo(0.1);
    assertThat(names(space.configurationOf(Map.of("model", "c")).parameters()))
        .containsExactly("model");
    assertThat(space.groups()).hasSize(3);
  }

  @Test
  void aParameterOfTwoActiveBranchesIsChosenOnce() {
    SearchSpace space =
        SearchSpace.of(
            oneOf("first", when("a", RATE), when("b")),
            oneOf("second", when("c", RATE), when("d")));
    List<String> asked = new ArrayList<>();

    Configuration configuration =
        space.walk(
            parameter -> {
              asked.add(parameter.name());
              return parameter.defaultCode();
            });

    assertThat(asked).containsExactly("first", "rate", "second");
    assertThat(space.configurationOf(Map.of("first", "a", "second", "c", "rate", 0.5)))
        .isEqualTo(configuration);
  }

  @Test
  void aSpaceNeedsAParameter() {
    assertThatThrownBy(SearchSpace::of)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at least one parameter");
  }

  @Test
  void aNameHasOneDomainAndOneDefault() {
    assertThatThrownBy(() -> SearchSpace.of(RATE, oneOf("m", when("a", uniform("rate", 0, 2)))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("parameter 'rate' is declared twice")
        .hasMessageContaining("uniform(0.0, 1.0)")
        .hasMessageContaining("uniform(0.0, 2.0)");
    assertThatThrownBy(
            () -> SearchSpace.of(oneOf("m", when("a", RATE), when("b", RATE.withDefault(0.0)))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("domains or defaults");
  }

  @Test
  void aParameterStandsOnceInABranch() {
    assertThatThrownBy(() -> SearchSpace.of(RATE, RATE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'rate' stands twice in the same branch");
  }

  @Test
  void branchesNeedLabelsOfTheirOwn() {
    assertThatThrownBy(() -> oneOf("m"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'m'")
        .hasMessageContaining("at least one branch");
    assertThatThrownBy(() -> oneOf("m", when("a"), when("a", RATE)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("two branches have the label 'a'");
  }

  @Test
  void missingUnknownInactiveAndWrongValuesAreNamed() {
    SearchSpace space = nested();

    assertThatThrownBy(() -> space.configurationOf(Map.of("rate", 0.5)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("parameter 'classifier' has no value");
    Map<String, Object> forest = Map.of("rate", 0.5, "classifier", "forest", "depth", 3);
    assertThatThrownBy(() -> space.configurationOf(with(forest, "svm.c", 1.0)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not active in this space: [svm.c]");
    assertThatThrownBy(() -> space.configurationOf(with(forest, "typo", 1.0)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("[typo]");
    assertThatThrownBy(() -> space.configurationOf(with(forest, "depth", 9)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("parameter 'depth': 9 is not in integer(1, 8)");
    assertThatThrownBy(() -> space.configurationOf(with(forest, "classifier", "tree")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("parameter 'classifier': 'tree' is not in choice(svm, forest)");
  }

  private static Map<String, Object> with(Map<String, Object> values, String name, Object value) {
    Map<String, Object> more = new java.util.HashMap<>(values);
    more.put(name, value);
    return more;
  }

  @Test
  void constraintsNarrowTheSpace() {
    Parameter<Integer> breadth = integer("breadth", 1, 8);
    SearchSpace space = SearchSpace.of(DEPTH, breadth).where(Constraint.lessThan(DEPTH, breadth));

    assertThat(space.configurationOf(Map.of("depth", 1, "breadth", 2)).size()).isEqualTo(2);
    assertThatThrownBy(() -> space.configurationOf(Map.of("depth", 2, "breadth", 2)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("constraint 'depth < breadth' is violated by {depth=2, breadth=2}");
  }

  @Test
  void constraintsReadParametersOfTheSpace() {
    assertThatThrownBy(() -> SearchSpace.of(RATE).where(Constraint.atMost(RATE, WIDTH)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("constraint 'rate <= svm.width' reads svm.width");
  }

  @Test
  void equalTreesHaveEqualTexts() {
    assertThat(nested().describe()).isEqualTo(nested().describe());
    assertThat(nested().describe())
        .isEqualTo(
            """
            rate: uniform(0.0, 1.0)
            oneOf classifier
              when svm
                svm.c: logUniform(0.001, 1000.0)
                oneOf kernel
                  when rbf
                    svm.width: uniform(0.0, 1.0)
                  when linear
              when forest
                depth: integer(1, 8)
            """);
    assertThat(SearchSpace.of(RATE).describe())
        .isNotEqualTo(SearchSpace.of(RATE).where(Constraint.sumAtMost(1, RATE)).describe());
  }

  @Test
  void aChoiceOfBranchesTakesADefaultAndWeights() {
    OneOf choice =
        oneOf("model", when("svm", C), when("forest", DEPTH))
            .withWeights(1, 3)
            .withDefault("forest");
    assertThat(SearchSpace.of(choice).defaults().toMap())
        .containsEntry("model", "forest")
        .containsKey("depth");
    assertThat(choice.selector().domain().cellHigh(0)).isEqualTo(0.25);
  }
}
