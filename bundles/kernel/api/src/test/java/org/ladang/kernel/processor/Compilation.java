package org.ladang.kernel.processor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.ladang.kernel.action.Action;

/** One run of the compiler with the processor, into a folder. */
record Compilation(List<String> errors, Path output) {
  private static final String IMPORTS =
      """
      import java.math.BigDecimal;
      import java.time.*;
      import java.util.*;
      import java.util.concurrent.*;
      import org.ladang.kernel.action.*;
      """;

  /** Compiles classes of package {@code p}, each given as its text after the imports. */
  static Compilation of(Path output, String... sources) {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    DiagnosticCollector<JavaFileObject> said = new DiagnosticCollector<>();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(said, Locale.ROOT, null)) {
      JavaCompiler.CompilationTask task =
          compiler.getTask(
              null,
              files,
              said,
              List.of("-d", output.toString(), "-cp", output + java.io.File.pathSeparator + api()),
              null,
              Arrays.stream(sources).map(Compilation::source).toList());
      task.setProcessors(List.of(new ActionProcessor()));
      task.call();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Compilation(
        said.getDiagnostics().stream()
            .filter(d -> d.getKind() == Diagnostic.Kind.ERROR)
            .map(d -> d.getMessage(Locale.ROOT))
            .toList(),
        output);
  }

  /** A class of that name with that body that implements {@code ActionSource}. */
  static String component(String name, String body) {
    return "public class " + name + " implements ActionSource {\n" + body + "\n}\n";
  }

  /** The list that was written. */
  String list() {
    try {
      return Files.readString(output.resolve(ActionProcessor.PATH));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path api() {
    try {
      return Path.of(Action.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static JavaFileObject source(String text) {
    String name = text.replaceAll("(?s).*?\\b(?:class|record|enum|interface) (\\w+).*", "$1");
    return new SimpleJavaFileObject(
        URI.create("mem:/p/" + name + ".java"), JavaFileObject.Kind.SOURCE) {
      @Override
      public CharSequence getCharContent(boolean ignoreEncodingErrors) {
        return "package p;\n" + IMPORTS + text;
      }
    };
  }
}
