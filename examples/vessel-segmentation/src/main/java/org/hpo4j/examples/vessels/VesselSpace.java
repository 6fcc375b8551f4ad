package org.hpo4j.examples.vessels;

import static org.hpo4j.space.Parameters.choice;
import static org.hpo4j.space.Parameters.oneOf;
import static org.hpo4j.space.Parameters.ordinal;
import static org.hpo4j.space.Parameters.uniform;
import static org.hpo4j.space.Parameters.when;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.hpo4j.examples.vessels.engine.NetworkPlan;
import org.hpo4j.examples.vessels.engine.NetworkPlan.Encoder;
import org.hpo4j.examples.vessels.engine.NetworkPlan.Normalization;
import org.hpo4j.examples.vessels.engine.Rectifier;
import org.hpo4j.space.Constraint;
import org.hpo4j.space.OneOf;
import org.hpo4j.space.Parameter;
import org.hpo4j.space.SearchSpace;
import org.hpo4j.space.SpaceNode;
import org.hpo4j.trial.HyperParameters;

/**
 * What is searched. The defaults are the baseline, which a study tries first.
 *
 * <p>A slope exists for a leaky ReLU alone, a law for a randomized one, sharing for a learned one,
 * and dilations for the plain encoder: ResNet-34 has the convolutions that it has.
 */
final class VesselSpace {
  private static final Parameter<Double> SLOPE = uniform("slope", 0.01, 0.5).withDefault(0.1);
  private static final Parameter<Rectifier.SlopeLaw> LAW =
      choice("slope_law", List.of(Rectifier.SlopeLaw.values()));
  private static final Parameter<String> SHARING = choice("slopes", "by_channel", "shared");
  private static final Parameter<Normalization> NORMALIZATION =
      choice("batch_norm", List.of(Normalization.values()));
  private static final Parameter<Double> DROPOUT =
      ordinal("dropout", 0.0, 0.1, 0.2, 0.3, 0.5).withDefault(0.0);
  private static final OneOf ACTIVATION =
      oneOf(
          "activation",
          when("relu"),
          when("leaky_relu", SLOPE),
          when("randomized_leaky_relu", LAW),
          when("prelu", SHARING));

  /** The rates of one level's two convolutions. */
  private record Dilations(int level, Parameter<Integer> first, Parameter<Integer> second) {
    static Dilations of(int level) {
      return new Dilations(level, rate("dilation_" + level), rate("dilation_" + level + "_second"));
    }

    private static Parameter<Integer> rate(String name) {
      return ordinal(name, 1, 2, 3, 4).withDefault(1);
    }

    Stream<Parameter<Integer>> both() {
      return Stream.of(first, second);
    }

    Constraint noGrid() {
      return Constraint.that(
          "the two dilations of level " + level + " have no common divisor",
          configuration -> !grids(configuration.get(first), configuration.get(second)),
          first,
          second);
    }
  }

  private final List<Dilations> levels;
  private final List<Parameter<Integer>> dilations;
  private final Optional<OneOf> encoder;

  /**
   * Declares the space.
   *
   * @param levels of the plain encoder, the lowest included
   * @param residual whether the encoder may be ResNet-34
   */
  VesselSpace(int levels, boolean residual) {
    this.levels = IntStream.range(0, levels).mapToObj(Dilations::of).toList();
    dilations = this.levels.stream().flatMap(Dilations::both).toList();
    encoder =
        residual
            ? Optional.of(
                oneOf(
                    "encoder",
                    when("plain", dilations.toArray(SpaceNode[]::new)),
                    when("resnet34")))
            : Optional.empty();
  }

  /** Returns the space, without the dilations that grid. */
  SearchSpace space() {
    List<SpaceNode> nodes = new ArrayList<>(List.of(ACTIVATION, NORMALIZATION, DROPOUT));
    encoder.ifPresentOrElse(nodes::add, () -> nodes.addAll(dilations));
    SearchSpace space = SearchSpace.of(nodes.toArray(SpaceNode[]::new));
    for (Dilations level : levels) {
      space = space.where(level.noGrid());
    }
    return space;
  }

  /**
   * Returns whether the rates of two successive convolutions have a common divisor above 1: then
   * all that they read together lies on a grid, and what is between takes no part (Wang et al.,
   * "Understanding convolution for semantic segmentation", WACV 2018, section 3.2).
   */
  static boolean grids(int first, int second) {
    return divisor(first, second) > 1;
  }

  private static int divisor(int a, int b) {
    return b == 0 ? a : divisor(b, a % b);
  }

  /** Returns the network that a trial stands for. */
  NetworkPlan plan(HyperParameters hp) {
    Rectifier rectifier =
        switch (hp.suggest(ACTIVATION.selector())) {
          case "leaky_relu" -> new Rectifier.Leaky(hp.suggest(SLOPE));
          case "randomized_leaky_relu" -> new Rectifier.Randomized(hp.suggest(LAW));
          case "prelu" -> new Rectifier.Parametric(hp.suggest(SHARING).equals("shared"));
          default -> new Rectifier.Relu();
        };
    boolean plain = encoder.isEmpty() || hp.suggest(encoder.get().selector()).equals("plain");
    return new NetworkPlan(
        rectifier,
        plain ? dilations.stream().map(hp::suggest).toList() : List.of(),
        hp.suggest(NORMALIZATION),
        hp.suggest(DROPOUT),
        plain ? Encoder.PLAIN : Encoder.RESNET34);
  }

  /** Returns the parameters with few values, in whose order results are shown. */
  List<Parameter<?>> choices() {
    List<Parameter<?>> choices =
        new ArrayList<>(List.of(ACTIVATION.selector(), NORMALIZATION, DROPOUT));
    encoder.ifPresent(choice -> choices.add(choice.selector()));
    choices.addAll(dilations);
    return choices;
  }
}
