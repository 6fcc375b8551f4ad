package org.hpo4j.sampler;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.DoubleConsumer;
import java.util.function.Function;
import java.util.function.IntConsumer;

/**
 * Applies settings given as text to a builder, for a {@link SamplerProvider}.
 *
 * <pre>{@code
 * TpeSampler.Builder builder = TpeSampler.builder();
 * new SamplerSettings("tpe")
 *     .integer("startupTrials", builder::startupTrials)
 *     .flag("multivariate", builder::multivariate)
 *     .apply(settings);
 * return builder.build();
 * }</pre>
 */
public final class SamplerSettings {

  private final String sampler;
  private final Map<String, Consumer<String>> known = new LinkedHashMap<>();

  /** The settings of a sampler of this name. */
  public SamplerSettings(String sampler) {
    this.sampler = sampler;
  }

  /** A setting that is a whole number. */
  public SamplerSettings integer(String name, IntConsumer target) {
    known.put(name, text -> target.accept(parsed(Integer::valueOf, text, "a whole number")));
    return this;
  }

  /** A setting that is a number. */
  public SamplerSettings real(String name, DoubleConsumer target) {
    known.put(name, text -> target.accept(parsed(Double::valueOf, text, "a number")));
    return this;
  }

  private static <N> N parsed(Function<String, N> parser, String text, String allowed) {
    try {
      return parser.apply(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("must be " + allowed, e);
    }
  }

  /** A setting that is {@code true} or {@code false}. */
  public SamplerSettings flag(String name, Consumer<Boolean> target) {
    known.put(
        name,
        text -> {
          if (!text.equals("true") && !text.equals("false")) {
            throw new IllegalArgumentException("must be true or false");
          }
          target.accept(text.equals("true"));
        });
    return this;
  }

  /**
   * Applies values by name.
   *
   * @throws IllegalArgumentException if there is no such setting, or it cannot have this value
   */
  public void apply(Map<String, String> settings) {
    settings.forEach(
        (name, text) -> {
          Consumer<String> target = known.get(name);
          if (target == null) {
            throw new IllegalArgumentException(
                sampler + " has no setting '" + name + "'; it has " + known.keySet());
          }
          try {
            target.accept(text);
          } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                sampler + ": " + name + " cannot be '" + text + "': " + e.getMessage(), e);
          }
        });
  }
}
