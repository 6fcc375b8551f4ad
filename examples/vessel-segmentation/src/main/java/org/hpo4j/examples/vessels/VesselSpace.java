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
import org.hpo4j.examples.vessels.engine.NetworkPlan;
import org.hpo4j.examples.vessels.engine.NetworkPlan.Encoder;
import org.hpo4j.examples.vessels.engine.NetworkPlan.Normalization;
import org.hpo4j.examples.vessels.engine.Rates;
import org.hpo4j.examples.vessels.engine.Rectifier;
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

  /**
   * What a level's two convolutions may have, by how far they reach. Other pairs up to 3 have a
   * common divisor, so that they grid, or are these in another order; a rate of 4 leaves out more
   * pixels than it reads. See {@code UNet.Builder.dilations}, which refuses what grids.
   */
  private static final Rates[] RATES = {
    Rates.DENSE, new Rates(1, 2), new Rates(1, 3), new Rates(2, 3)
  };

  private final List<Parameter<Rates>> dilations;
  private final Optional<OneOf> encoder;

  /**
   * Declares the space.
   *
   * @param levels of the plain encoder, the lowest included
   * @param residual whether the encoder may be ResNet-34
   */
  VesselSpace(int levels, boolean residual) {
    dilations =
        IntStream.range(0, levels)
            .mapToObj(level -> ordinal("dilation_" + level, RATES).withDefault(Rates.DENSE))
            .toList();
    encoder =
        residual
            ? Optional.of(
                oneOf(
                    "encoder",
                    when("plain", dilations.toArray(SpaceNode[]::new)),
                    when("resnet34")))
            : Optional.empty();
  }

  /** Returns the space. */
  SearchSpace space() {
    List<SpaceNode> nodes = new ArrayList<>(List.of(ACTIVATION, NORMALIZATION, DROPOUT));
    encoder.ifPresentOrElse(nodes::add, () -> nodes.addAll(dilations));
    return SearchSpace.of(nodes.toArray(SpaceNode[]::new));
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
