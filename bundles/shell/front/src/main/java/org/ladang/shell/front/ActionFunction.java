package org.ladang.shell.front;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Function;
import org.ladang.shell.Answer;
import org.ladang.shell.Request;
import org.ladang.shell.Request.Consent;

/**
 * One command of ours in Gogo. The text is its result, so that it can be piped and assigned; a failure is a {@link
 * Refusal}.
 */
final class ActionFunction implements Function {
  private static final int WIDTH = 120;

  private final LiveShell shell;
  private final List<String> first;

  /**
   * @param first the words before those that the user types
   */
  ActionFunction(LiveShell shell, List<String> first) {
    this.shell = shell;
    this.first = List.copyOf(first);
  }

  @Override
  public Object execute(CommandSession session, List<Object> arguments)
      throws Refusal, IOException {
    List<String> words = new ArrayList<>(first);
    arguments.forEach(argument -> words.add(String.valueOf(argument)));
    boolean terminal = session.get(TerminalSetup.TERMINAL) != null;
    Consent consent = terminal ? Consent.CAN_ASK : Consent.CANNOT_ASK;
    Request request = new Request(Local.ADMIN, "gogo", words, false, width(session), consent);
    Answer answer = shell.run(request);
    if (answer.exit() == Answer.Exit.CONFIRM) {
      if (!agrees(session, answer.text())) {
        throw new Refusal("Nothing was done.");
      }
      answer = shell.run(request.confirmed());
    }
    if (!answer.ok()) {
      throw new Refusal(answer.text());
    }
    return answer.text();
  }

  private static int width(CommandSession session) {
    return session.get("COLUMNS") instanceof Integer columns && columns > 20 ? columns : WIDTH;
  }

  private static boolean agrees(CommandSession session, String question) throws IOException {
    session.getConsole().print(question + " [y/N] ");
    session.getConsole().flush();
    InputStream keyboard = session.getKeyboard();
    StringBuilder line = new StringBuilder();
    for (int c = keyboard.read(); c >= 0 && c != '\n' && c != '\r'; c = keyboard.read()) {
      line.append((char) c);
    }
    return line.toString().strip().toLowerCase(java.util.Locale.ROOT).matches("y|yes");
  }
}
