package org.hpo4j.sampler;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The providers that a loader finds, by name. One that cannot be had, or has no name of its own, is
 * a problem to be told of, not one that keeps the others from being used.
 */
final class ProviderCatalog {

  /** So that a class path that cannot be read at all ends the search. */
  private static final int MOST_PROBLEMS = 100;

  private static final String OWN_PACKAGE = "org.hpo4j.";

  private final Map<String, SamplerProvider> byName = new TreeMap<>();
  private final List<String> problems = new ArrayList<>();

  private ProviderCatalog() {}

  /** Looks at everything that the loader finds. */
  static ProviderCatalog of(ServiceLoader<SamplerProvider> loader) {
    ProviderCatalog catalog = new ProviderCatalog();
    Map<String, List<SamplerProvider>> found = new TreeMap<>();
    Iterator<SamplerProvider> providers = loader.iterator();
    boolean more = true;
    while (more && catalog.problems.size() < MOST_PROBLEMS) {
      try {
        more = providers.hasNext();
        if (more) {
          SamplerProvider provider = providers.next();
          String name = catalog.nameOf(provider);
          if (name != null) {
            found.computeIfAbsent(name, unused -> new ArrayList<>()).add(provider);
          }
        }
      } catch (ServiceConfigurationError | LinkageError e) {
        catalog.problems.add(e.getCause() == null ? text(e) : text(e) + " (" + e.getCause() + ")");
      }
    }
    found.forEach(catalog::add);
    return catalog;
  }

  private static String text(Throwable thrown) {
    return String.valueOf(thrown.getMessage());
  }

  private @Nullable String nameOf(SamplerProvider provider) {
    String type = provider.getClass().getName();
    try {
      // Not all who implement it are checked for null.
      @Nullable String name = provider.name();
      if (name != null && !name.isBlank()) {
        return name;
      }
      problems.add(
          type + " has no name: name() returns " + (name == null ? "null" : "'" + name + "'"));
    } catch (RuntimeException | LinkageError e) {
      problems.add(type + " has no name: name() throws " + e);
    }
    return null;
  }

  /** What a name means must not depend on the order of the class path. */
  private void add(String name, List<SamplerProvider> same) {
    List<SamplerProvider> own = same.stream().filter(ProviderCatalog::isOwn).toList();
    List<SamplerProvider> candidates = own.isEmpty() ? same : own;
    if (candidates.size() == 1) {
      byName.put(name, candidates.get(0));
    }
    if (same.size() > 1) {
      List<String> types = same.stream().map(p -> p.getClass().getName()).sorted().toList();
      problems.add(
          "the name '"
              + name
              + "' is that of "
              + types
              + (own.isEmpty() ? "; none of them is used" : "; the library's own is used"));
    }
  }

  /** By the place too, since tests of ours have its package. */
  private static boolean isOwn(SamplerProvider provider) {
    return provider.getClass().getName().startsWith(OWN_PACKAGE)
        && Objects.equals(
            provider.getClass().getProtectionDomain().getCodeSource(),
            ProviderCatalog.class.getProtectionDomain().getCodeSource());
  }

  /** The providers that can be used, by name. */
  Map<String, SamplerProvider> byName() {
    return Collections.unmodifiableMap(byName);
  }

  /** What is wrong with others, each naming its provider. */
  List<String> problems() {
    return Collections.unmodifiableList(problems);
  }

  /**
   * Makes a sampler.
   *
   * @throws IllegalArgumentException if no provider has this name, or a setting is wrong
   * @throws IllegalStateException if the provider makes none
   */
  Sampler make(String name, Map<String, String> settings) {
    SamplerProvider provider = byName.get(name);
    if (provider == null) {
      throw new IllegalArgumentException(
          "there is no sampler '"
              + name
              + "'; there are "
              + byName.keySet()
              + (problems.isEmpty() ? "" : "; not used: " + String.join("; ", problems)));
    }
    @Nullable Sampler sampler = provider.create(settings);
    if (sampler == null) {
      throw new IllegalStateException(
          provider.getClass().getName() + " returns null for the sampler '" + name + "'");
    }
    return sampler;
  }
}
