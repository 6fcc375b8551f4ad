package org.hpo4j.examples.flowers.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WeightsDownloadTest {
  private static final byte[] CONTENT = new byte[200_000];

  static {
    new Random(1).nextBytes(CONTENT);
  }

  private final List<Optional<String>> ranges = new ArrayList<>();
  private boolean resumes = true;
  private int sentAtMost = Integer.MAX_VALUE;
  private int status = 200;
  private HttpServer server;
  private Path target;
  private Path part;

  @BeforeEach
  void start(@TempDir Path folder) throws IOException {
    target = folder.resolve("models/vgg16.h5");
    part = folder.resolve("models/vgg16.h5.part");
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    Optional<String> range = Optional.ofNullable(exchange.getRequestHeaders().getFirst("Range"));
    ranges.add(range);
    int from = 0;
    int code = status;
    if (range.isPresent() && resumes) {
      from = Integer.parseInt(range.get().replaceAll("\\D", ""));
      exchange
          .getResponseHeaders()
          .add("Content-Range", "bytes %d-%d/*".formatted(from, CONTENT.length - 1));
      code = 206;
    }
    exchange.sendResponseHeaders(code, CONTENT.length - from);
    exchange.getResponseBody().write(CONTENT, from, Math.min(sentAtMost, CONTENT.length - from));
    exchange.getResponseBody().flush();
    // With less than was announced this ends the connection.
    exchange.close();
  }

  @Test
  void aFileIsFetchedOnceWithProgress() throws Exception {
    List<Long> progress = new ArrayList<>();
    download().fetch(target, (bytes, of) -> progress.add(bytes));
    assertThat(target).hasBinaryContent(CONTENT);
    assertThat(part).doesNotExist();
    assertThat(progress).isSorted().last().isEqualTo(200_000L);

    download().fetch(target, (bytes, of) -> progress.add(bytes));
    assertThat(ranges).hasSize(1);
  }

  @Test
  void anInterruptedDownloadGoesOn() throws Exception {
    sentAtMost = 70_000;
    Throwable thrown = catchThrowable(this::fetch);
    // A connection that breaks may take along what was sent last.
    long received = Files.size(part);
    assertThat(received).isBetween(1L, 70_000L);
    assertThat(thrown)
        .isInstanceOf(WeightsException.class)
        .hasMessageContaining("ended after " + received + " of 200000 bytes");
    assertThat(target).doesNotExist();

    sentAtMost = Integer.MAX_VALUE;
    fetch();
    assertThat(target).hasBinaryContent(CONTENT);
    assertThat(ranges).containsExactly(Optional.empty(), Optional.of("bytes=" + received + "-"));
  }

  @Test
  void aServerThatCantGoOnSendsAllAgain() throws Exception {
    resumes = false;
    Files.createDirectories(part.getParent());
    Files.write(part, Arrays.copyOf(CONTENT, 1000));
    fetch();
    assertThat(target).hasBinaryContent(CONTENT);
  }

  @Test
  void whatHasAnotherChecksumIsThrownAway() throws Exception {
    WeightsDownload other = new WeightsDownload(uri(), CONTENT.length, "0".repeat(32));
    assertThatThrownBy(() -> other.fetch(target, (bytes, of) -> {}))
        .isInstanceOf(WeightsException.class)
        .hasMessageContaining(md5(CONTENT))
        .hasMessageContaining("must be 0000");
    assertThat(target).doesNotExist();
    assertThat(part).isEmptyFile();
  }

  @Test
  void aDamagedPartIsFoundAndThenFetchedAnew() throws Exception {
    Files.createDirectories(part.getParent());
    Files.write(part, new byte[1000]);
    assertThatThrownBy(this::fetch).hasMessageContaining("it was thrown away");
    fetch();
    assertThat(target).hasBinaryContent(CONTENT);
  }

  @Test
  void moreBytesThanTheFileHasAreThrownAway() throws Exception {
    WeightsDownload shorter = new WeightsDownload(uri(), 1000, md5(CONTENT));
    assertThatThrownBy(() -> shorter.fetch(target, (bytes, of) -> {}))
        .isInstanceOf(WeightsException.class)
        .hasMessageContaining("more than the 1000 bytes");
    assertThat(part).isEmptyFile();
  }

  @Test
  void anErrorOfTheServerIsToldWithItsStatus() {
    status = 404;
    assertThatThrownBy(this::fetch)
        .isInstanceOf(WeightsException.class)
        .hasMessageContaining("answers with status 404; name a file instead");
    assertThat(target).doesNotExist();
  }

  @Test
  void withoutANetworkThatIsSaid() {
    server.stop(0);
    assertThatThrownBy(this::fetch)
        .isInstanceOf(WeightsException.class)
        .hasMessageContaining("can't be reached")
        .hasMessageContaining("name a file instead");
  }

  @Test
  void twoAtATimeAreRefused() {
    assertThatThrownBy(() -> download().fetch(target, (bytes, of) -> fetchInside()))
        .hasRootCauseInstanceOf(OverlappingFileLockException.class);
  }

  private void fetchInside() {
    try {
      fetch();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void fetch() throws IOException {
    download().fetch(target, (bytes, of) -> {});
  }

  private WeightsDownload download() {
    return new WeightsDownload(uri(), CONTENT.length, md5(CONTENT));
  }

  private URI uri() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/vgg16.h5");
  }

  private static String md5(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
