package org.hpo4j.tensorboard;

import java.awt.image.BufferedImage;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Writes one run of TensorBoard: a folder with event files. Each call appends one record, which
 * TensorBoard sees at once. Safe for use by several threads.
 *
 * <pre>{@code
 * try (SummaryWriter run = SummaryWriter.open(Path.of("runs", "first"))) {
 *   run.scalar("loss", epoch, loss);
 *   run.histogram("conv0/kernel", epoch, weights);
 * }
 * }</pre>
 *
 * <p>A tag names one series of values in the run; it must not be blank. TensorBoard groups tags by
 * what is before their first slash. Steps are at least 0 and should rise; where one falls,
 * TensorBoard forgets the values of the tag from that step on.
 *
 * <p>Whatever cannot be written, for instance because the disk is full, is left out as a whole and
 * told by an {@link UncheckedIOException}; the writer can still be used, and the next call may
 * succeed. A closed writer refuses with an {@link IllegalStateException}.
 */
public final class SummaryWriter implements Closeable {

  private final Path folder;
  private final Consumer<IOException> onFailure;
  private Optional<EventFile> file = Optional.empty();
  private boolean closed;

  /**
   * A writer that creates its file with the first event, and tells failures to {@code onFailure}.
   */
  SummaryWriter(Path folder, Consumer<IOException> onFailure) {
    this.folder = folder;
    this.onFailure = onFailure;
  }

  /**
   * Opens a new event file in the folder of a run, which is created if absent. Earlier files there
   * stay as they are and belong to the same run, also one whose end was lost when its process died.
   *
   * @throws UncheckedIOException if it cannot be created
   */
  public static SummaryWriter open(Path folder) {
    SummaryWriter writer =
        new SummaryWriter(
            folder,
            e -> {
              throw new UncheckedIOException("could not write the event file in " + folder, e);
            });
    writer.create();
    return writer;
  }

  /** The run's folder. */
  public Path folder() {
    return folder;
  }

  /**
   * Discards what earlier files of the run say about a step and those after it: the run goes back.
   *
   * @param step the step that it starts with again, at least 0
   */
  public void restart(long step) {
    write(Events.restart(requireStep(step)));
  }

  /**
   * A point of a curve.
   *
   * @param value any number; kept as a float, which is what TensorBoard reads
   */
  public void scalar(String tag, long step, double value) {
    write(Events.scalar(requireTag(tag), requireStep(step), value));
  }

  /**
   * How values are distributed, in buckets that each end 10 % farther from 0 than they begin: their
   * limits are plus and minus {@code 1e-12 * 1.1^k}, as TensorFlow's own; so are minimum, maximum,
   * count, sum and sum of squares, which are exact. NaN and infinities are in none of these; where
   * there are any, their count is the scalar {@code tag + "/not_finite"}. Without a finite value
   * there is no histogram.
   *
   * @param values such as all weights of a layer, in any order
   */
  public void histogram(String tag, long step, float[] values) {
    histogram(requireTag(tag), requireStep(step), Histogram.of(values));
  }

  /** The same for doubles. */
  public void histogram(String tag, long step, double[] values) {
    histogram(requireTag(tag), requireStep(step), Histogram.of(values));
  }

  private void histogram(String tag, long step, Histogram histogram) {
    if (histogram.finite() > 0) {
      write(Events.histogram(tag, step, histogram));
    }
    if (histogram.notFinite() > 0) {
      scalar(tag + "/not_finite", step, (double) histogram.notFinite());
    }
  }

  /**
   * A picture, kept without loss as PNG.
   *
   * @param image grey or colours of 8 bits, with or without alpha; bilevel and indexed ones too
   */
  public void image(String tag, long step, BufferedImage image) {
    write(Events.image(requireTag(tag), requireStep(step), image));
  }

  /**
   * Text, which TensorBoard shows as Markdown.
   *
   * @param markdown text, such as a table; a line alone does not end a paragraph
   */
  public void text(String tag, long step, String markdown) {
    write(Events.text(requireTag(tag), requireStep(step), markdown));
  }

  /**
   * The run's model; a second call replaces the first.
   *
   * @param nodes its nodes, in any order
   * @throws IllegalArgumentException if two have the same name, or an input is no node
   */
  public void graph(List<GraphNode> nodes) {
    write(Events.graph(nodes));
  }

  private synchronized void create() {
    if (file.isEmpty()) {
      try {
        file = Optional.of(EventFile.create(folder));
      } catch (IOException e) {
        onFailure.accept(e);
      }
    }
  }

  synchronized void write(byte[] event) {
    if (closed) {
      throw new IllegalStateException("the writer of " + folder + " is closed");
    }
    create();
    if (file.isPresent()) {
      try {
        file.get().append(event);
      } catch (IOException e) {
        onFailure.accept(e);
      }
    }
  }

  /** Closes the file; a second call does nothing. */
  @Override
  public synchronized void close() {
    closed = true;
    if (file.isPresent()) {
      EventFile last = file.get();
      file = Optional.empty();
      try {
        last.close();
      } catch (IOException e) {
        onFailure.accept(e);
      }
    }
  }

  private static String requireTag(String tag) {
    if (tag.isBlank()) {
      throw new IllegalArgumentException("tag must not be blank; got '" + tag + "'");
    }
    return tag;
  }

  private static long requireStep(long step) {
    if (step < 0) {
      throw new IllegalArgumentException("step must be at least 0, got " + step);
    }
    return step;
  }
}
