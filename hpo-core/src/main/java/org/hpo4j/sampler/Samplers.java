package org.hpo4j.sampler;

import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;

/** All samplers on the class path that can be made by name. */
public final class Samplers {

  private Samplers() {}

  /** The providers by name; where two have the same, the first on the class path counts. */
  public static Map<String, SamplerProvider> providers() {
    Map<String, SamplerProvider> providers = new TreeMap<>();
    for (SamplerProvider provider : ServiceLoader.load(SamplerProvider.class)) {
      providers.putIfAbsent(provider.name(), provider);
    }
    return providers;
  }

  /**
   * A sampler by name with its defaults.
   *
   * @throws IllegalArgumentException if there is none of that name
   */
  public static Sampler of(String name) {
    return of(name, Map.of());
  }

  /**
   * A sampler by name.
   *
   * @param settings values by name, as {@link SamplerProvider#create} takes them
   * @throws IllegalArgumentException if there is none of that name, or a setting is wrong
   */
  public static Sampler of(String name, Map<String, String> settings) {
    Map<String, SamplerProvider> providers = providers();
    SamplerProvider provider = providers.get(name);
    if (provider == null) {
      throw new IllegalArgumentException(
          "there is no sampler '" + name + "'; there are " + providers.keySet());
    }
    return provider.create(settings);
  }
}
