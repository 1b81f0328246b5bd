package org.ladang.shell.client;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;
import org.jline.reader.Candidate;
import org.jline.reader.Completer;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.reader.impl.DefaultParser;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.ladang.shell.client.Connection.Terms;

/** The interactive shell: history, completion by the runtime, Ctrl-D or {@code exit} to leave. */
final class Repl {
  private static final String PROMPT = "ladang> ";

  private final Connection connection;
  private final Arguments arguments;
  private final PrintStream out;
  private final PrintStream err;

  Repl(Connection connection, Arguments arguments, PrintStream out, PrintStream err) {
    this.connection = connection;
    this.arguments = arguments;
    this.out = out;
    this.err = err;
  }

  /** Returns the exit code of the last command. */
  int run() throws IOException {
    try (Terminal terminal = terminal()) {
      LineReader reader = reader(terminal);
      int exit = Reply.OK;
      while (true) {
        try {
          String line = reader.readLine(PROMPT).strip();
          if (line.equals("exit") || line.equals("quit")) {
            return exit;
          }
          if (!line.isEmpty()) {
            exit = run(line, reader, terminal);
          }
        } catch (UserInterruptException e) {
          // Ctrl-C drops the line, as in any shell.
          exit = Reply.OK;
        } catch (EndOfFileException e) {
          return exit;
        }
      }
    }
  }

  private int run(String line, LineReader reader, Terminal terminal) throws IOException {
    Terms terms = new Terms(arguments.json(), Math.max(20, terminal.getWidth()), true, false);
    Reply reply = connection.run(line, terms);
    if (reply.exit() == Reply.CONFIRM) {
      reply =
          Main.yes(reader.readLine(reply.text() + " [y/N] "))
              ? connection.run(line, terms.agreed())
              : new Reply(1, "Nothing was done.");
    }
    if (!reply.text().isEmpty()) {
      PrintStream stream = reply.exit() == Reply.OK ? out : err;
      stream.println(reply.text());
      stream.flush();
    }
    return reply.exit();
  }

  private static Terminal terminal() throws IOException {
    // JLine's native ways make newer JDKs warn about native access.
    String way = System.getProperty("org.jline.terminal.provider", "exec");
    return TerminalBuilder.builder().system(true).name("ladang").provider(way).build();
  }

  private LineReader reader(Terminal terminal) {
    DefaultParser parser = new DefaultParser();
    parser.setEofOnUnclosedQuote(false);
    parser.setEscapeChars(new char[0]);
    Path history = Path.of(System.getProperty("user.home", ".")).resolve(".ladang_history");
    return LineReaderBuilder.builder()
        .terminal(terminal)
        .appName("ladang")
        .parser(parser)
        .completer(completer())
        .variable(LineReader.HISTORY_FILE, history)
        .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
        .build();
  }

  private Completer completer() {
    return (reader, line, candidates) -> {
      try {
        for (Object element : connection.complete(line.line(), line.cursor())) {
          if (element instanceof Map<?, ?> candidate) {
            candidates.add(candidate(candidate));
          }
        }
      } catch (IOException e) {
        err.println(e.getMessage());
      }
    };
  }

  private static Candidate candidate(Map<?, ?> candidate) {
    String value = String.valueOf(candidate.get("value"));
    String description = String.valueOf(candidate.get("description"));
    boolean complete = Boolean.TRUE.equals(candidate.get("complete"));
    return new Candidate(
        value, value, null, description.isEmpty() ? null : description, null, null, complete);
  }
}
