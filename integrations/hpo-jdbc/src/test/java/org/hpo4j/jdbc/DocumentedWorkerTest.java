package org.hpo4j.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.hpo4j.worker.Worker;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The class of docs/workers.md does on every database what the page says. */
class DocumentedWorkerTest {

  private static final String HEAD =
      """
      package com.acme;

      import static org.hpo4j.space.Parameters.*;

      import java.io.*;
      import java.nio.file.*;
      import org.hpo4j.space.*;
      import org.hpo4j.storage.*;
      import org.hpo4j.study.*;
      import org.hpo4j.trial.*;
      import org.hpo4j.worker.*;

      """;

  private final Path folder;

  DocumentedWorkerTest(@TempDir Path folder) {
    this.folder = folder;
  }

  /** The page's only block of Java. */
  private static String documented() throws IOException {
    List<String> lines = Files.readAllLines(Path.of("..", "..", "docs", "workers.md"));
    int first = lines.indexOf("```java") + 1;
    List<String> code = lines.subList(first, lines.size());
    return String.join("\n", code.subList(0, code.indexOf("```")));
  }

  private Path compile() throws IOException {
    Path source = Files.writeString(folder.resolve("Train.java"), HEAD + documented());
    Path classes = Files.createDirectory(folder.resolve("classes"));
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    String classPath =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    String[] options = {
      "-proc:none", "-cp", classPath, "-d", classes.toString(), source.toString()
    };
    assertThat(compiler.run(null, null, null, options)).isZero();
    return classes;
  }

  @ParameterizedTest
  @EnumSource
  void itsTrialsKeepTheirFiles(TestDatabase database) throws Exception {
    String classPath = compile() + File.pathSeparator + System.getProperty("java.class.path");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-cp", classPath, Worker.class.getName()));
    command.addAll(List.of("--storage", database.create(folder), "--study", "night"));
    command.addAll(List.of("--objective", "com.acme.Train", "--trials", "2"));
    Path errors = folder.resolve("errors");
    Process worker =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectError(errors.toFile())
            .redirectOutput(folder.resolve("output").toFile())
            .start();

    assertThat(worker.waitFor()).as("%s", Files.readString(errors)).isZero();
    for (int number = 0; number < 2; number++) {
      assertThat(folder.resolve("runs/files/night/trial-" + number + "/loss.txt")).isNotEmptyFile();
    }
  }
}
