package org.ladang.shell.provider;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import org.ladang.kernel.LadangException;
import org.ladang.shell.Answer;
import org.ladang.shell.Answer.Exit;

/** A failure as an answer: its sentence, for a program its JSON, and on demand its stack trace. */
final class Failures {
  private Failures() {}

  static Answer answer(LadangException failure, boolean json, boolean stack) {
    String text = json ? Renderer.json(fields(failure)) : Cells.line(failure.line());
    return new Answer(exit(failure.code()), stack ? text + "\n" + trace(failure) : text);
  }

  static Exit exit(String code) {
    return switch (code) {
      case "LADANG-GATE-001", "LADANG-GATE-002" -> Exit.USAGE;
      case "LADANG-GATE-003" -> Exit.FORBIDDEN;
      case "LADANG-GATE-004" -> Exit.DEADLINE;
      case "LADANG-SHELL-006" -> Exit.FAILED;
      default -> code.matches("LADANG-SHELL-00\\d") ? Exit.USAGE : Exit.FAILED;
    };
  }

  private static Map<String, Object> fields(LadangException failure) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("code", failure.code());
    fields.put("sentence", failure.getMessage());
    failure.nextStep().ifPresent(next -> fields.put("next", next));
    if (!failure.details().isEmpty()) {
      fields.put("details", failure.details());
    }
    return fields;
  }

  private static String trace(Throwable failure) {
    StringWriter text = new StringWriter();
    failure.printStackTrace(new PrintWriter(text));
    return text.toString().stripTrailing();
  }
}
