package org.hpo4j.sampler;

import java.util.Map;

/**
 * Makes samplers of one kind by name, for command lines and configuration files. Implementations
 * are found by {@link java.util.ServiceLoader}: name yours in {@code
 * META-INF/services/org.hpo4j.sampler.SamplerProvider}.
 *
 * @see Samplers
 */
public interface SamplerProvider {

  /** The name, such as {@code tpe}. */
  String name();

  /**
   * A sampler.
   *
   * @param settings values by the names of the builder's methods, such as {@code startupTrials} =
   *     20; what is not named keeps its default
   * @throws IllegalArgumentException if there is no such setting, or it cannot have this value
   */
  Sampler create(Map<String, String> settings);
}
