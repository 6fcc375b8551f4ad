package org.hpo4j.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every block of Java in the README and in docs compiles. */
class DocumentationTest {

  private static final Path ROOT = Path.of("..", "..").toAbsolutePath().normalize();

  static List<Path> documents() throws IOException {
    List<Path> documents = new ArrayList<>();
    if (Files.exists(ROOT.resolve("README.md"))) {
      documents.add(ROOT.resolve("README.md"));
    }
    try (Stream<Path> files = Files.list(ROOT.resolve("docs"))) {
      files.filter(file -> file.toString().endsWith(".md")).sorted().forEach(documents::add);
    }
    return documents;
  }

  @ParameterizedTest
  @MethodSource("documents")
  void codeOfADocumentCompiles(Path document, @TempDir Path classes) throws IOException {
    String source = DocumentedCode.toClass("Documented", Files.readAllLines(document));

    assertThat(errors(source, classes)).as("errors in %s", ROOT.relativize(document)).isEmpty();
  }

  @Test
  void thereIsCodeToCompile() throws IOException {
    int blocks = 0;
    for (Path document : documents()) {
      blocks += DocumentedCode.count(Files.readAllLines(document));
    }

    assertThat(blocks).isGreaterThan(2);
  }

  @Test
  void aMistakeIsFoundInItsLine(@TempDir Path classes) {
    List<String> document =
        List.of(
            "# Title",
            "<!-- context",
            "static int one() { return 1; }",
            "-->",
            "```java",
            "int two(int x) {",
            "  return x + one();",
            "}",
            "```",
            "```java",
            "int x = one();",
            "String y = x;",
            "```");

    assertThat(errors(DocumentedCode.toClass("Documented", document), classes))
        .singleElement()
        .asString()
        .startsWith("line 12: incompatible types");
  }

  private static List<String> errors(String source, Path classes) {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
    JavaFileObject file =
        new SimpleJavaFileObject(
            URI.create("string:///Documented.java"), JavaFileObject.Kind.SOURCE) {
          @Override
          public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return source;
          }
        };
    // Surefire starts the tests from a jar that only names the class path.
    String classPath =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    compiler
        .getTask(
            null,
            null,
            diagnostics,
            List.of("-proc:none", "-cp", classPath, "-d", classes.toString()),
            null,
            List.of(file))
        .call();
    return diagnostics.getDiagnostics().stream()
        .filter(diagnostic -> diagnostic.getKind() == Diagnostic.Kind.ERROR)
        .map(
            diagnostic -> "line " + diagnostic.getLineNumber() + ": " + diagnostic.getMessage(null))
        .toList();
  }
}
