package org.ladang.shell.front;

import java.util.Optional;
import java.util.function.Supplier;
import org.ladang.shell.Answer;
import org.ladang.shell.Request;
import org.ladang.shell.Request.Consent;

/**
 * Decides what a command is meant for: the shell, or, for the owner, raw Gogo. A role-bound caller never gets there,
 * since Gogo can reach everything.
 */
final class CommandLine implements AutoCloseable {
  private final LiveShell shell;
  private final Supplier<Optional<GogoSession>> gogo;
  private final Caller caller;
  private final String session;
  private Optional<GogoSession> opened = Optional.empty();

  CommandLine(
      LiveShell shell, Supplier<Optional<GogoSession>> gogo, Caller caller, String session) {
    this.shell = shell;
    this.gogo = gogo;
    this.caller = caller;
    this.session = session;
  }

  Answer run(Command command, boolean json, int width, Consent consent) {
    if (command.words().isEmpty()) {
      return new Answer(Answer.Exit.OK, "");
    }
    if (caller.owner() && !(shell.knows(command.first()) && !command.pipeline())) {
      Optional<Answer> answer = raw(command, width);
      if (answer.isPresent()) {
        return answer.get();
      }
    }
    return shell.run(
        new Request(caller.principal(), session, command.words(), json, width, consent));
  }

  @Override
  public void close() {
    opened.ifPresent(GogoSession::close);
  }

  private Optional<Answer> raw(Command command, int width) {
    if (opened.isEmpty()) {
      opened = gogo.get();
    }
    return opened.flatMap(session -> session.run(command.line(), width));
  }
}
