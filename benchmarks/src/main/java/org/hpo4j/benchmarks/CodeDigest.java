package org.hpo4j.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.hpo4j.study.Study;

/** A digest of the classes of this library, wherever they were loaded from. */
final class CodeDigest {

  private static final String PACKAGES = "org/hpo4j";

  /** Eight hexadecimal digits. */
  static final String VALUE = digest();

  private CodeDigest() {}

  private static String digest() {
    CRC32 crc = new CRC32();
    try {
      // Packaged, both are the same jar; in a build they are two places.
      for (Class<?> type : List.of(Study.class, CodeDigest.class)) {
        Path place = Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
        if (Files.isDirectory(place)) {
          add(place.resolve(PACKAGES), crc);
        } else {
          try (FileSystem jar = FileSystems.newFileSystem(place)) {
            add(jar.getPath(PACKAGES), crc);
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
    return String.format("%08x", crc.getValue());
  }

  private static void add(Path folder, CRC32 crc) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        crc.update(folder.relativize(file).toString().getBytes(StandardCharsets.UTF_8));
        crc.update(Files.readAllBytes(file));
      }
    }
  }
}
