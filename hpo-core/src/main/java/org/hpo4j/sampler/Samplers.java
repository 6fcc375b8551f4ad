package org.hpo4j.sampler;

import java.util.Map;
import java.util.ServiceLoader;

/** All samplers on the class path that can be made by name. */
public final class Samplers {

  private static final System.Logger LOG = System.getLogger(Samplers.class.getName());

  private Samplers() {}

  /**
   * The providers by name. Left out, with a warning in the log, are those that cannot be had or
   * have no name, and all that have the same name, unless one of them is of this library: then that
   * one counts.
   */
  public static Map<String, SamplerProvider> providers() {
    return catalog().byName();
  }

  private static ProviderCatalog catalog() {
    ProviderCatalog catalog = ProviderCatalog.of(ServiceLoader.load(SamplerProvider.class));
    catalog
        .problems()
        .forEach(problem -> LOG.log(System.Logger.Level.WARNING, "samplers: {0}", problem));
    return catalog;
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
   * @throws IllegalArgumentException if there is none of that name, saying what was left out, or a
   *     setting is wrong
   * @throws IllegalStateException if its provider returns none
   */
  public static Sampler of(String name, Map<String, String> settings) {
    return catalog().make(name, settings);
  }
}
