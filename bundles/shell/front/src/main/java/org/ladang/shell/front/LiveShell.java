package org.ladang.shell.front;

import java.util.List;
import java.util.Optional;
import org.ladang.kernel.LadangException;
import org.ladang.kernel.action.Principal;
import org.ladang.shell.Answer;
import org.ladang.shell.Candidate;
import org.ladang.shell.Request;
import org.ladang.shell.Shell;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/**
 * The shell that serves now. The front must work without one, since raw Gogo is how a runtime without a shell is
 * repaired.
 */
@Component(service = LiveShell.class)
public final class LiveShell {
  private static final String GONE =
      "The shell's provider is not running, so actions cannot be called from here."
          + " Drop org.ladang.shell.provider into deploy/. [LADANG-SHELL-010]";

  @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
  private volatile Shell shell;

  /** For DS. */
  public LiveShell() {}

  LiveShell(Shell shell) {
    this.shell = shell;
  }

  Answer run(Request request) {
    Shell now = shell;
    if (now == null) {
      return new Answer(Answer.Exit.FAILED, GONE);
    }
    try {
      return now.run(request);
    } catch (LadangException e) {
      return new Answer(Answer.Exit.FAILED, e.line());
    }
  }

  boolean knows(String word) {
    Shell now = shell;
    try {
      return now != null && now.knows(word);
    } catch (LadangException e) {
      return false; // Being replaced for longer than calls wait: only Gogo is left to ask.
    }
  }

  /** The words of a line; where quotes are not closed or no shell serves, what lies between blanks. */
  List<String> words(String line) {
    Shell now = shell;
    if (now != null) {
      try {
        return now.words(line);
      } catch (LadangException e) {
        return between(line);
      }
    }
    return between(line);
  }

  List<Candidate> complete(Principal principal, String line, int cursor) {
    Shell now = shell;
    try {
      return now == null ? List.of() : now.complete(principal, line, cursor);
    } catch (LadangException e) {
      return List.of(); // Completion is a comfort; the command itself will say what is wrong.
    }
  }

  String help(Principal principal, Optional<String> topic) {
    Shell now = shell;
    try {
      return now == null ? GONE : now.help(principal, topic);
    } catch (LadangException e) {
      return e.line();
    }
  }

  private static List<String> between(String line) {
    return line.isBlank() ? List.of() : List.of(line.strip().split("\\s+"));
  }
}
