package org.hpo4j.sampler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.stream.Collectors;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A broken provider is named, and hides none of the others. */
class ProviderCatalogTest {

  private static final String SERVICE = "META-INF/services/" + SamplerProvider.class.getName();

  private final Path folder;

  ProviderCatalogTest(@TempDir Path folder) {
    this.folder = folder;
  }

  /** A class path on which these are the only providers. */
  private ProviderCatalog catalog(String lines) {
    ClassLoader loader =
        new ClassLoader(ProviderCatalogTest.class.getClassLoader()) {
          @Override
          public Enumeration<URL> getResources(String name) throws IOException {
            if (!name.equals(SERVICE)) {
              return super.getResources(name);
            }
            Path file = Files.writeString(folder.resolve("providers"), lines);
            return Collections.enumeration(List.of(file.toUri().toURL()));
          }
        };
    return ProviderCatalog.of(ServiceLoader.load(SamplerProvider.class, loader));
  }

  private ProviderCatalog catalog(Class<?>... providers) {
    return catalog(Arrays.stream(providers).map(Class::getName).collect(Collectors.joining("\n")));
  }

  /** A provider that works. */
  public static class Good implements SamplerProvider {
    @Override
    public String name() {
      return "good";
    }

    @Override
    public Sampler create(Map<String, String> settings) {
      return RandomSampler.ofDefaults();
    }
  }

  /** Cannot be had. */
  public static final class Throwing extends Good {
    /** Fails. */
    public Throwing() {
      throw new IllegalStateException("no licence");
    }
  }

  /** Calls itself nothing. */
  @NullUnmarked
  public static final class NullName extends Good {
    @Override
    public String name() {
      return null;
    }
  }

  /** Calls itself by a blank. */
  public static final class BlankName extends Good {
    @Override
    public String name() {
      return " ";
    }
  }

  /** Does not know its name. */
  public static final class ThrowingName extends Good {
    @Override
    public String name() {
      throw new UnsupportedOperationException("name");
    }
  }

  /** Makes nothing. */
  @NullUnmarked
  public static final class NullSampler extends Good {
    @Override
    public String name() {
      return "null";
    }

    @Override
    public Sampler create(Map<String, String> settings) {
      return null;
    }
  }

  /** The same name as another. */
  public static final class First extends Good {
    @Override
    public String name() {
      return "same";
    }
  }

  /** The same name as another. */
  public static final class Second extends Good {
    @Override
    public String name() {
      return "same";
    }
  }

  /** The name of one of the library's own. */
  public static final class Impostor extends Good {
    @Override
    public String name() {
      return "random";
    }
  }

  private static void assertLeftOut(ProviderCatalog catalog, String... words) {
    assertThat(catalog.byName().keySet()).containsExactly("good");
    assertThat(catalog.problems()).singleElement().asString().contains(words);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> catalog.make("other", Map.of()))
        .withMessageContaining("[good]")
        .withMessageContaining(words[0]);
  }

  @Test
  void oneThatThrowsInItsConstructorIsNamed() {
    assertLeftOut(catalog(Throwing.class, Good.class), Throwing.class.getName(), "no licence");
  }

  @Test
  void oneWithoutANameIsNamedByItsClass() {
    assertLeftOut(catalog(NullName.class, Good.class), NullName.class.getName(), "null");
    assertLeftOut(catalog(BlankName.class, Good.class), BlankName.class.getName(), "' '");
    assertLeftOut(
        catalog(ThrowingName.class, Good.class), ThrowingName.class.getName(), "Unsupported");
  }

  @Test
  void aClassThatIsNoneOrDoesNotExistIsNamed() {
    assertLeftOut(
        catalog(ProviderCatalogTest.class, Good.class),
        ProviderCatalogTest.class.getName(),
        "not a subtype");
    assertLeftOut(
        catalog("org.example.Gone\n" + Good.class.getName()), "org.example.Gone", "not found");
  }

  @Test
  void twoOfOneNameAreBothNamedAndNeitherIsUsed() {
    assertLeftOut(
        catalog(Second.class, Good.class, First.class),
        "'same'",
        First.class.getName(),
        Second.class.getName(),
        "none of them is used");
  }

  @Test
  void aNameOfTheLibraryMeansTheLibrarysOwn() {
    ProviderCatalog catalog = catalog(Impostor.class, RandomSampler.Provider.class);
    assertThat(catalog.byName().get("random")).isInstanceOf(RandomSampler.Provider.class);
    assertThat(catalog.problems())
        .singleElement()
        .asString()
        .contains(Impostor.class.getName(), "the library's own is used");
  }

  @Test
  void oneThatMakesNothingIsNamed() {
    assertThatIllegalStateException()
        .isThrownBy(() -> catalog(NullSampler.class).make("null", Map.of()))
        .withMessageContaining(NullSampler.class.getName())
        .withMessageContaining("'null'");
  }

  @Test
  void aBrokenListEndsTheSearch() {
    assertThat(catalog("no class name").problems()).isNotEmpty();
  }
}
