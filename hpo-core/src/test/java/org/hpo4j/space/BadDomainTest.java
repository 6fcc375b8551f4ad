package org.hpo4j.space;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each mistake gives one error that names the parameter, what it got and what is allowed. */
class BadDomainTest {

  private static final double NAN = Double.NaN;
  private static final double INF = Double.POSITIVE_INFINITY;

  /** Has null, as in code without checks of that. */
  private static final String[] UNSET = new String[1];

  static List<Arguments> mistakes() {
    return List.of(
        bad(() -> Parameters.uniform("p", 2, 1), "low must be at most high", "low 2.0 > high 1.0"),
        bad(() -> Parameters.uniform("p", NAN, 1), "must be finite", "uniform(NaN, 1.0)"),
        bad(() -> Parameters.uniform("p", 0, NAN), "must be finite", "uniform(0.0, NaN)"),
        bad(() -> Parameters.uniform("p", 0, INF), "must be finite", "Infinity"),
        bad(() -> Parameters.uniform("p", -1e308, 1e308), "so must the range", "1.0E308"),
        bad(() -> Parameters.logUniform("p", 0, 1), "needs low > 0", "got 0.0"),
        bad(() -> Parameters.logUniform("p", -1, 1), "needs low > 0", "got -1.0"),
        bad(() -> Parameters.logUniform("p", 2, 1), "low must be at most high", "low 2.0"),
        bad(() -> Parameters.quniform("p", 0, 1, 0), "step q must be positive", "got 0.0"),
        bad(() -> Parameters.quniform("p", 0, 1, -1), "step q must be positive", "got -1.0"),
        bad(() -> Parameters.quniform("p", 0, 1, NAN), "step q must be positive", "got NaN"),
        bad(() -> Parameters.quniform("p", 0, 1, INF), "step must be positive and finite", "Inf"),
        bad(() -> Parameters.quniform("p", 0, 1, 1.5), "larger than the range", "step 1.5"),
        bad(() -> Parameters.quniform("p", 0.1, 0.1, 1), "no multiple of 1.0", "[0.1, 0.1]"),
        bad(() -> Parameters.quniform("p", 1, 3, 1e-17), "too small for the range", "1.0E-17"),
        bad(() -> Parameters.quniform("p", 0, 1e-320, 1e-321), "at least 2.2", "got 1.0E-321"),
        bad(
            () -> Parameters.quniform("p", -8e307, 8e307, 4e307),
            "the range and a step more must be finite",
            "4.0E307"),
        bad(
            () -> Parameters.qlogUniform("p", 1e307, 1.7e308, 0.85e308),
            "the range and a step more must be finite",
            "8.5E307"),
        bad(() -> Parameters.qlogUniform("p", 0, 1, 0.1), "needs low > 0", "got 0.0"),
        bad(() -> Parameters.normal("p", 0, 0), "deviation must be positive", "got 0.0"),
        bad(() -> Parameters.normal("p", 0, -1), "deviation must be positive", "got -1.0"),
        bad(() -> Parameters.normal("p", NAN, 1), "must be finite", "NaN"),
        bad(() -> Parameters.normal("p", 0, 1e308), "leave the range of doubles", "Infinity"),
        bad(() -> Parameters.logNormal("p", 700, 5), "leave the range of doubles", "Infinity"),
        bad(() -> Parameters.logNormal("p", -740, 5), "leave the range of doubles", "0.0"),
        bad(() -> Parameters.logNormal("p", 0, 0), "deviation must be positive", "got 0.0"),
        bad(() -> Parameters.qnormal("p", 0, 1, 0), "step q must be positive", "got 0.0"),
        bad(() -> Parameters.qlogNormal("p", 0, 1, -1), "step q must be positive", "got -1.0"),
        bad(() -> Parameters.integer("p", 2, 1), "low must be at most high", "low 2 > high 1"),
        bad(() -> Parameters.integer("p", 0, 5, 0), "step must be at least 1", "got 0"),
        bad(() -> Parameters.integer("p", 0, 5, 6), "larger than the range", "step 6"),
        bad(() -> Parameters.logInteger("p", 0, 5), "needs low >= 1", "got 0"),
        bad(() -> Parameters.choice("p", List.of()), "at least one option", "choice"),
        bad(() -> Parameters.choice("p", "a", "b", "a"), "same label 'a'", "options 0 and 2"),
        bad(() -> Parameters.choice("p", 1, 1L), "same label '1'", "options 0 and 1"),
        bad(() -> Parameters.choice("p", Map.<String, Integer>of()), "at least one", "choice"),
        bad(() -> Parameters.choice("p", new int[1], new int[2]), "no text of its own", "map"),
        bad(() -> Parameters.choice("p", new Object()), "no text of its own", "map of label"),
        bad(() -> Parameters.choice("p", "a", UNSET[0]), "option 1 is null", "choice"),
        bad(() -> Parameters.ordinal("p", UNSET[0], "b"), "option 0 is null", "ordinal"),
        bad(() -> Parameters.fixed("p", UNSET[0]), "option 0 is null", "choice"),
        bad(
            () -> Parameters.choice("p", Collections.singletonMap("a", null)),
            "option 0 is null",
            "choice"),
        bad(() -> Parameters.choice("p", "a", "b\ud83d"), "must be Unicode text", "\\ud83d"),
        bad(() -> Parameters.ordinal("p"), "at least one option", "ordinal"),
        bad(() -> Parameters.weightedChoice("p", List.of("a", "b"), 1), "needs 2 weights", "got 1"),
        bad(
            () -> Parameters.weightedChoice("p", List.of("a", "b"), 1, 0),
            "must be positive",
            "[1.0, 0.0]"),
        bad(
            () -> Parameters.weightedChoice("p", List.of("a", "b"), 1, NAN),
            "must be positive",
            "[1.0, NaN]"),
        bad(
            () -> Parameters.weightedChoice("p", List.of("a", "b"), 1, 1e-300),
            "too far apart",
            "1.0E-300"),
        bad(() -> Parameters.uniform("p", 0, 1).withDefault(2.0), "2.0 is not in", "uniform"),
        bad(() -> Parameters.integer("p", 0, 4, 2).withDefault(3), "3 is not in", "integer"),
        bad(() -> Parameters.choice("p", "a", "b").withDefault("c"), "'c' is not in", "a, b"),
        bad(() -> Parameters.choice("p", "a", "b").withDefault(UNSET[0]), "null is not in", "a, b"),
        bad(() -> Parameters.uniform("p", 0, 1).encode("0.5"), "the text '0.5'", "uniform"),
        bad(() -> Parameters.integer("p", 0, 1).encode("1"), "the text '1'", "integer"),
        bad(() -> Parameters.integer("p", 1, 2).values(), "at least one value", "'p'"),
        bad(() -> Parameters.integer("p", 1, 2).values(1, 3), "3 is not in", "integer(1, 2)"));
  }

  private static Arguments bad(Supplier<?> mistake, String allowed, String got) {
    return arguments(mistake, allowed, got);
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void mistakesAreNamed(Supplier<?> mistake, String allowed, String got) {
    assertThatThrownBy(mistake::get)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("parameter 'p'")
        .hasMessageContaining(allowed)
        .hasMessageContaining(got);
  }

  @Test
  void theWeightsOfBranchesAreNamedByTheirSelector() {
    OneOf branches = Parameters.oneOf("model", Parameters.when("a"), Parameters.when("b"));

    assertThatThrownBy(() -> branches.withWeights(1, 2, 3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("oneOf 'model'")
        .hasMessageContaining("needs 2 weights, got 3");
  }

  @Test
  void namesMustBeThereAndNotTooLong() {
    for (String name : List.of("", " ", "\t", "x".repeat(513))) {
      assertThatThrownBy(() -> Parameters.bool(name))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("1 to 512 characters");
    }
    assertThat(Parameters.bool("x".repeat(512)).name()).hasSize(512);
    // Of two Java chars each.
    assertThat(Parameters.bool("\ud83c\udf89".repeat(512)).name()).hasSize(1024);
  }

  @Test
  void namesMustBeUnicodeText() {
    for (String half : List.of("x\ud83d", "\ud83dx", "\ude00", "\ude00\ud83d")) {
      assertThatThrownBy(() -> Parameters.bool(half))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("a parameter's name must be Unicode text")
          .hasMessageContaining("half of a surrogate pair");
    }
    assertThat(Parameters.bool("\ud83d\ude00").name()).hasSize(2);
  }

  @Test
  void optionsWithoutTextNeedLabels() {
    Map<String, Runnable> options = new LinkedHashMap<>();
    options.put("first", () -> {});
    options.put("second", () -> {});

    Parameter<Runnable> parameter = Parameters.choice("p", options);

    assertThat(parameter.domain().label(1)).isEqualTo("second");
    assertThat(parameter.domain().encode("second")).isEqualTo(1);
  }
}
