package org.hpo4j.examples.flowers.weights;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * A file of weights that is fetched once. What has come goes into a file beside the target, which
 * takes the target's name when size and checksum are right: the target is whole or absent. An
 * interrupted download goes on where it stopped if the server can do that, and else starts anew.
 *
 * @param source where it comes from
 * @param bytes how long it is
 * @param md5 its checksum, 32 hexadecimal digits; publishers give no better one
 */
public record WeightsDownload(URI source, long bytes, String md5) {
  private static final int OK = 200;
  private static final int PARTIAL_CONTENT = 206;

  /** VGG-16 for ImageNet without its fully connected layers, as Keras' applications publish it. */
  public static final WeightsDownload VGG16 =
      new WeightsDownload(
          URI.create(
              "https://storage.googleapis.com/tensorflow/keras-applications/vgg16/"
                  + "vgg16_weights_tf_dim_ordering_tf_kernels_notop.h5"),
          58_889_256,
          "6d6bbae143d832006294945121d1f1fc");

  /** Is told how far a download is. */
  @FunctionalInterface
  public interface Progress {
    void received(long bytes, long of);
  }

  /**
   * Returns the target, fetched if it isn't there.
   *
   * @param target a file; missing folders are made
   * @throws WeightsException if it can't be fetched, or is not what was expected
   */
  public Path fetch(Path target, Progress progress) throws IOException {
    if (Files.isRegularFile(target)) {
      return target;
    }
    Files.createDirectories(target.toAbsolutePath().getParent());
    Path part = target.resolveSibling(target.getFileName() + ".part");
    try (FileChannel file =
        FileChannel.open(
            part, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      lock(file, part);
      if (file.size() > bytes) {
        file.truncate(0);
      }
      if (file.size() < bytes) {
        receive(file, progress);
      }
      String sum = md5(file);
      if (!sum.equals(md5)) {
        file.truncate(0);
        throw new WeightsException(
            "what came from %s has the MD5 sum %s, must be %s; it was thrown away"
                .formatted(source, sum, md5));
      }
      Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
    }
    return target;
  }

  /** Locks the file until it is closed. */
  private static void lock(FileChannel file, Path part) throws IOException {
    try {
      if (file.tryLock() == null) {
        throw new WeightsException("another process is fetching into '" + part + "'");
      }
    } catch (OverlappingFileLockException e) {
      throw new WeightsException("another thread is fetching into '" + part + "'", e);
    }
  }

  private void receive(FileChannel file, Progress progress) throws IOException {
    HttpResponse<InputStream> response = request(file.size());
    try (InputStream body = response.body()) {
      switch (response.statusCode()) {
        // The server sends what is missing, or all of it.
        case PARTIAL_CONTENT -> requireStart(response, file.size());
        case OK -> file.truncate(0);
        default ->
            throw new WeightsException(
                "%s answers with status %d; name a file instead"
                    .formatted(source, response.statusCode()));
      }
      file.position(file.size());
      byte[] buffer = new byte[1 << 16];
      for (int count = body.read(buffer); count >= 0; count = body.read(buffer)) {
        if (file.size() + count > bytes) {
          file.truncate(0);
          throw new WeightsException(
              "%s sends more than the %d bytes that the file must have; it was thrown away"
                  .formatted(source, bytes));
        }
        for (ByteBuffer rest = ByteBuffer.wrap(buffer, 0, count); rest.hasRemaining(); ) {
          file.write(rest);
        }
        progress.received(file.size(), bytes);
      }
    } catch (WeightsException e) {
      throw e;
    } catch (IOException e) {
      throw incomplete(file.size(), e);
    }
    if (file.size() < bytes) {
      throw incomplete(file.size(), null);
    }
  }

  private HttpResponse<InputStream> request(long from) throws IOException {
    HttpRequest.Builder request = HttpRequest.newBuilder(source).timeout(Duration.ofMinutes(1));
    if (from > 0) {
      request.header("Range", "bytes=" + from + "-");
    }
    try {
      return HttpClient.newBuilder()
          .followRedirects(HttpClient.Redirect.NORMAL)
          .connectTimeout(Duration.ofSeconds(20))
          .build()
          .send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      InterruptedIOException interrupted =
          new InterruptedIOException("interrupted while waiting for " + source);
      interrupted.initCause(e);
      throw interrupted;
    } catch (IOException e) {
      throw new WeightsException(
          "%s can't be reached (%s); name a file instead"
              .formatted(source, e.getClass().getSimpleName()),
          e);
    }
  }

  private void requireStart(HttpResponse<?> response, long from) throws WeightsException {
    String range = response.headers().firstValue("Content-Range").orElse("");
    if (!range.startsWith("bytes " + from + "-")) {
      throw new WeightsException(
          "%s was asked for bytes from %d on and sends '%s'".formatted(source, from, range));
    }
  }

  private WeightsException incomplete(long received, @Nullable IOException cause) {
    String message =
        "%s ended after %d of %d bytes; the same command goes on from there"
            .formatted(source, received, bytes);
    return cause == null ? new WeightsException(message) : new WeightsException(message, cause);
  }

  private static String md5(FileChannel file) throws IOException {
    try {
      MessageDigest digest = MessageDigest.getInstance("MD5");
      ByteBuffer buffer = ByteBuffer.allocate(1 << 16);
      file.position(0);
      while (file.read(buffer) >= 0) {
        digest.update(buffer.flip());
        buffer.clear();
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has MD5", e);
    }
  }
}
