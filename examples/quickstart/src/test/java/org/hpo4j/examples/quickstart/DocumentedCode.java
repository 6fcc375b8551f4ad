package org.hpo4j.examples.quickstart;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The Java code of a Markdown document as one class that compiles.
 *
 * <p>A block that begins with the head of a method or a type is a member of that class; any other
 * block is the body of a method of its own. What readers need not see, such as the training that an
 * example calls, stands in an HTML comment as members:
 *
 * <pre>{@code
 * <!-- context
 * static double train(double rate) { return rate; }
 * -->
 * }</pre>
 *
 * <p>Every line keeps its number, so that a compiler's message names the line of the document.
 */
final class DocumentedCode {

  private static final String FENCE = "```";
  private static final String CONTEXT = "<!-- context";
  private static final String CONTEXT_END = "-->";

  /** A method's head, or a type's. */
  private static final Pattern MEMBER =
      Pattern.compile(
          "((static |public |final )*[\\w<>\\[\\], ?.]+ \\w+\\([^;]*\\)( throws [\\w, .]+)? \\{"
              + "|.*\\b(class|interface|record|enum) \\w+.*\\{)");

  /** What a program that uses the library would import. */
  private static final List<String> IMPORTS =
      List.of(
          "java.io.*",
          "java.nio.file.*",
          "java.time.*",
          "java.util.*",
          "java.util.function.*",
          "org.hpo4j.fidelity.*",
          "org.hpo4j.fork.*",
          "org.hpo4j.mlflow.*",
          "org.hpo4j.pruner.*",
          "org.hpo4j.sampler.*",
          "org.hpo4j.sampler.auto.*",
          "org.hpo4j.sampler.cmaes.*",
          "org.hpo4j.sampler.gp.*",
          "org.hpo4j.sampler.hyperband.*",
          "org.hpo4j.sampler.nsga.*",
          "org.hpo4j.sampler.tpe.*",
          "org.hpo4j.space.*",
          "org.hpo4j.storage.*",
          "org.hpo4j.storage.journal.*",
          "org.hpo4j.study.*",
          "org.hpo4j.tensorboard.*",
          "org.hpo4j.tensorflow.*",
          "org.hpo4j.tensorflow.layers.*",
          "org.hpo4j.tensorflow.loss.*",
          "org.hpo4j.trial.*",
          "org.hpo4j.worker.*",
          "org.tensorflow.types.*",
          "static org.hpo4j.space.Parameters.*");

  private final List<String> lines;
  private final StringBuilder imports = new StringBuilder();
  private final List<String> source = new ArrayList<>();
  private int blocks;

  private DocumentedCode(List<String> lines) {
    this.lines = lines;
  }

  /** How many blocks of Java a document has. */
  static int count(List<String> lines) {
    DocumentedCode code = new DocumentedCode(lines);
    code.translate();
    return code.blocks;
  }

  /** The class {@code name} with the code of a document; its first line must not be code. */
  static String toClass(String name, List<String> lines) {
    DocumentedCode code = new DocumentedCode(lines);
    IMPORTS.forEach(type -> code.imports.append("import ").append(type).append("; "));
    code.translate();
    code.source.set(0, code.imports + "class " + name + " {");
    return String.join("\n", code.source) + "\n}\n";
  }

  private void translate() {
    int line = 0;
    while (line < lines.size()) {
      String text = lines.get(line).strip();
      if (text.equals(FENCE + "java")) {
        line = block(line);
      } else if (text.equals(CONTEXT)) {
        line = members(line, CONTEXT_END);
      } else {
        source.add("");
        line++;
      }
    }
  }

  private int block(int start) {
    blocks++;
    int first = start + 1;
    while (lines.get(first).isBlank() || lines.get(first).startsWith("import ")) {
      first++;
    }
    if (MEMBER.matcher(lines.get(first).strip()).matches()) {
      return members(start, FENCE);
    }
    int end = members(start, FENCE);
    source.set(start, "static void line" + (start + 1) + "() throws Exception {");
    source.set(end - 1, "}");
    return end;
  }

  /** Takes over the lines between a start and an end, and gives the line after the end. */
  private int members(int start, String endMark) {
    source.add("");
    int line = start + 1;
    while (!lines.get(line).strip().equals(endMark)) {
      String text = lines.get(line++);
      if (text.startsWith("import ")) {
        imports.append(text).append(' ');
        source.add("");
      } else {
        source.add(text);
      }
    }
    source.add("");
    return line + 1;
  }
}
