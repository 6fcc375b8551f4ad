package org.hpo4j.examples.flowers.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.hpo4j.examples.flowers.data.GeneratedFlowers;
import org.hpo4j.examples.flowers.data.Normalization;
import org.hpo4j.examples.flowers.data.Picture;
import org.hpo4j.examples.flowers.data.PictureSplit;
import org.hpo4j.examples.flowers.data.Views;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CachedFeaturesTest {
  private static final int CROP = 48;
  private static final int AUGMENTED = 2;
  private static final PictureSplit SPLIT = PictureSplit.of(GeneratedFlowers.of(1, 5), 1);

  private final List<Integer> progress = new ArrayList<>();
  private Path folder;

  @BeforeEach
  void use(@TempDir Path temporary) {
    folder = temporary;
  }

  @Test
  void everyViewIsAsWithoutTheCache() throws IOException {
    CachedFeatures cached = open("key", Backbone.SQUEEZENET);
    ComputedFeatures computed = computed(Backbone.SQUEEZENET);
    try (Extractor extractor = computed.extractor()) {
      assertThat(extractor.size()).isEqualTo(512);
      for (Picture picture : SPLIT.train()) {
        for (int view = 0; view <= AUGMENTED; view++) {
          assertThat(cached.of(picture, view))
              .as("view %d of %s", view, picture.name())
              .containsExactly(computed.of(picture, view), Offset.offset(1e-5f));
        }
      }
      for (Picture picture : SPLIT.test()) {
        assertThat(cached.of(picture, Views.PLAIN))
            .containsExactly(computed.of(picture, Views.PLAIN), Offset.offset(1e-5f));
      }
    }
  }

  @Test
  void viewsDifferFromEachOther() throws IOException {
    CachedFeatures cached = open("key", Backbone.SQUEEZENET);
    Picture picture = SPLIT.train().get(0);
    assertThat(cached.of(picture, 1))
        .isNotEqualTo(cached.of(picture, 0))
        .isNotEqualTo(cached.of(picture, 2));
  }

  @Test
  void aSecondOpeningComputesNothing() throws IOException {
    open("key", Backbone.NONE);
    CachedFeatures again =
        CachedFeatures.open(
            folder,
            "key",
            SPLIT,
            AUGMENTED,
            PixelExtractor.SIZE,
            () -> {
              throw new AssertionError("asked for the network");
            },
            (views, of) -> {
              throw new AssertionError("computed a view");
            });
    assertThat(again.size()).isEqualTo(PixelExtractor.SIZE);
  }

  @Test
  void anotherKeyIsAnotherFile() throws IOException {
    open("key", Backbone.NONE);
    open("other key", Backbone.NONE);
    assertThat(files()).hasSize(2);
  }

  @Test
  void anUnfinishedFileGoesOnWhereItStopped() throws IOException {
    open("key", Backbone.NONE);
    Path file = files().get(0);
    byte[] whole = Files.readAllBytes(file);
    Files.delete(file);
    // Half of it is right, the last row is not whole.
    byte[] half = Arrays.copyOf(whole, whole.length / 2 + 3);
    half[0] ^= 1;
    Files.write(file.resolveSibling(file.getFileName() + ".part"), half);
    open("key", Backbone.NONE);
    byte[] again = Files.readAllBytes(file);
    // The mark in the first byte shows that this half was not computed anew.
    assertThat(again[0]).isEqualTo(half[0]);
    again[0] ^= 1;
    assertThat(again).isEqualTo(whole);
  }

  @Test
  void aSecondProcessWaitsForTheFirst() throws Exception {
    Process first =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                FirstProcess.class.getName(),
                folder.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader said = first.inputReader();
        BufferedWriter told = first.outputWriter()) {
      assertThat(said.readLine()).isEqualTo("computing");
      List<Path> waited = new ArrayList<>();
      CachedFeatures.open(
          folder,
          "key",
          SPLIT,
          AUGMENTED,
          PixelExtractor.SIZE,
          () -> computed(Backbone.NONE),
          new CachedFeatures.Progress() {
            @Override
            public void computed(int views, int of) {
              progress.add(views);
            }

            @Override
            public void waiting(Path file) {
              waited.add(file);
              goOn(told);
            }
          });
      if (waited.isEmpty()) {
        goOn(told);
      }
      assertThat(first.waitFor()).isZero();
      assertThat(progress).as("views that the second process computed").isEmpty();
      assertThat(waited).isEqualTo(files()).hasSize(1);
    } finally {
      first.destroyForcibly();
    }
  }

  private static void goOn(BufferedWriter told) {
    try {
      told.newLine();
      told.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Computes features, and says when it has begun: it goes on when it is told to. */
  static final class FirstProcess {
    public static void main(String[] args) throws IOException {
      try (Extractor pixels = Backbone.NONE.open(Optional.empty(), 1, CROP, Device.cpu())) {
        CachedFeatures.open(
            Path.of(args[0]),
            "key",
            SPLIT,
            AUGMENTED,
            PixelExtractor.SIZE,
            () -> new ComputedFeatures(new Views(1, CROP), Normalization.IMAGENET, pixels),
            (views, of) -> {
              if (views == of) {
                System.out.println("computing");
                waitForLine();
              }
            });
      }
    }

    private static void waitForLine() {
      try {
        if (System.in.read() < 0) {
          throw new EOFException("nobody told to go on");
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  @Test
  void progressEndsWithAllViews() throws IOException {
    open("key", Backbone.NONE);
    int views = 3 * SPLIT.train().size() + SPLIT.validation().size() + SPLIT.test().size();
    assertThat(progress).isSorted().last().isEqualTo(views);
  }

  @Test
  void featuresThatAreNotNumbersAreNotKept() {
    Extractor broken =
        new Extractor() {
          @Override
          public int size() {
            return 1;
          }

          @Override
          public List<float[]> extract(List<float[]> images) {
            return images.stream().map(image -> new float[] {Float.NaN}).toList();
          }

          @Override
          public void close() {}
        };
    assertThatThrownBy(
            () ->
                CachedFeatures.open(
                    folder,
                    "key",
                    SPLIT,
                    AUGMENTED,
                    1,
                    () -> new ComputedFeatures(new Views(1, CROP), Normalization.CAFFE, broken),
                    (views, of) -> {}))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("is NaN");
  }

  @Test
  void aCutFileIsRefused() throws IOException {
    open("key", Backbone.NONE);
    Path file = files().get(0);
    Files.write(file, new byte[100]);
    assertThatThrownBy(() -> open("key", Backbone.NONE))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("have 100 bytes")
        .hasMessageContaining("delete the file");
  }

  @Test
  void aViewThatIsNotKeptIsRefused() throws IOException {
    CachedFeatures cached = open("key", Backbone.NONE);
    Picture picture = SPLIT.test().get(0);
    assertThatThrownBy(() -> cached.of(picture, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("view 1 of picture '%s' is not kept, there are 1", picture.name());
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    }
  }

  private CachedFeatures open(String key, Backbone backbone) throws IOException {
    return CachedFeatures.open(
        folder,
        key,
        SPLIT,
        AUGMENTED,
        backbone.features(),
        () -> computed(backbone),
        (views, of) -> progress.add(views));
  }

  private static ComputedFeatures computed(Backbone backbone) throws IOException {
    return new ComputedFeatures(
        new Views(1, CROP),
        Normalization.IMAGENET,
        backbone.open(Optional.empty(), 1, CROP, Device.cpu()));
  }
}
