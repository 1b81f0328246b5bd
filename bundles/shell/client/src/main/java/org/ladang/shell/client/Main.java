package org.ladang.shell.client;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ladang.shell.client.Connection.Terms;

/**
 * {@code ladang shell}: one command as arguments, lines from the standard input, or an interactive shell when that is a
 * terminal. The exit code is the command's.
 */
public final class Main {
  private static final String USAGE =
      """
      Usage: ladang shell [--home DIR] [--token TOKEN] [--json] [--keep-going] [COMMAND...]
      With a command: runs it and exits with its code. Without: reads commands from the terminal,
      or from the standard input until one fails (--keep-going: until the end).
      Exit codes: 0 done, 1 failed, 2 wrong usage, 3 no permission, 4 too late, 5 not reachable.""";

  private final PrintStream out;
  private final PrintStream err;
  private final Map<String, String> environment;

  Main(PrintStream out, PrintStream err, Map<String, String> environment) {
    this.out = out;
    this.err = err;
    this.environment = environment;
  }

  /** The process. */
  public static void main(String[] words) {
    Charset charset = charset(System.getenv());
    Main main =
        new Main(
            new PrintStream(
                new java.io.FileOutputStream(java.io.FileDescriptor.out), false, charset),
            new PrintStream(
                new java.io.FileOutputStream(java.io.FileDescriptor.err), true, charset),
            System.getenv());
    int exit = main.run(List.of(words), System.in);
    main.out.flush();
    System.exit(exit);
  }

  int run(List<String> words, InputStream in) {
    try {
      Arguments arguments =
          Arguments.parse(words, Optional.ofNullable(environment.get("LADANG_HOME")));
      if (arguments.help()) {
        out.println(USAGE);
        return Reply.OK;
      }
      try (Connection connection = Connection.open(arguments.home(), arguments.token())) {
        return talk(connection, arguments, in);
      }
    } catch (IllegalArgumentException e) {
      err.println(e.getMessage());
      return 2;
    } catch (Refused e) {
      err.println(e.getMessage());
      return e.reply().exit();
    } catch (Unreachable e) {
      err.println(e.getMessage());
      return Reply.UNREACHABLE;
    } catch (IOException e) {
      err.println("The shell failed: " + e.getMessage());
      return 1;
    }
  }

  private int talk(Connection connection, Arguments arguments, InputStream in) throws IOException {
    boolean terminal = System.console() != null && terminal(in);
    if (!arguments.command().isEmpty()) {
      return print(ask(connection, arguments, terminal));
    }
    if (terminal) {
      // The one place that loads JLine.
      return new Repl(connection, arguments, out, err).run();
    }
    return script(connection, arguments, in);
  }

  private Reply ask(Connection connection, Arguments arguments, boolean terminal)
      throws IOException {
    Terms terms = new Terms(arguments.json(), width(terminal), terminal, false);
    Reply reply = connection.run(arguments.command(), terms);
    if (reply.exit() != Reply.CONFIRM) {
      return reply;
    }
    String typed = System.console().readLine("%s [y/N] ", reply.text());
    return typed != null && yes(typed)
        ? connection.run(arguments.command(), terms.agreed())
        : new Reply(1, "Nothing was done.");
  }

  private int script(Connection connection, Arguments arguments, InputStream in)
      throws IOException {
    Terms terms = new Terms(arguments.json(), 0, false, false);
    BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    int exit = Reply.OK;
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      String command = line.strip();
      if (command.isEmpty() || command.startsWith("#")) {
        continue;
      }
      if (command.equals("exit")) {
        break;
      }
      int ended = print(connection.run(command, terms));
      if (ended != Reply.OK) {
        exit = ended;
        if (!arguments.keepGoing()) {
          break;
        }
      }
    }
    return exit;
  }

  private int print(Reply reply) {
    if (!reply.text().isEmpty()) {
      (reply.exit() == Reply.OK ? out : err).println(reply.text());
      out.flush();
    }
    return reply.exit();
  }

  static boolean yes(String typed) {
    return typed.strip().toLowerCase(java.util.Locale.ROOT).matches("y|yes");
  }

  /** Newer JDKs have a console even where the input is a file; there is always something to read in one then. */
  private static boolean terminal(InputStream in) throws IOException {
    return in == System.in && Terminals.isTerminal();
  }

  private int width(boolean terminal) {
    String columns = environment.getOrDefault("COLUMNS", "");
    return columns.matches("\\d{2,4}") ? Integer.parseInt(columns) : terminal ? 120 : 0;
  }

  private static Charset charset(Map<String, String> environment) {
    String name = System.getProperty("native.encoding", "UTF-8");
    boolean posix = name.startsWith("ANSI_X3.4") || name.equals("US-ASCII");
    // Without a locale the JDK assumes ASCII, and every other letter would become a question mark.
    return posix && !environment.containsKey("LC_ALL") || !Charset.isSupported(name)
        ? StandardCharsets.UTF_8
        : Charset.forName(name);
  }
}
