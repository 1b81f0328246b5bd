package org.ladang.shell;

import java.util.List;
import java.util.Optional;
import org.ladang.kernel.action.Principal;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Parses words, calls the action through the gate, and renders its result. Never throws for what a person typed: every
 * refusal is an {@link Answer}. Safe for any thread; keeps nothing between calls.
 */
@ProviderType
public interface Shell {
  /**
   * Runs one command and waits for it, at the most a little longer than the action's timeout.
   *
   * @return what to show, and how it ended
   */
  Answer run(Request request);

  /**
   * Splits a line as the shell does: blanks separate, {@code '...'} and {@code "..."} keep together, a backslash takes
   * the next character as it is (outside of single quotes).
   *
   * @throws org.ladang.kernel.LadangException {@code LADANG-SHELL-004} when a quote is not closed
   */
  List<String> words(String line);

  /** Whether a command may begin with this word: an action's id or one of the shell's own commands. */
  boolean knows(String word);

  /**
   * What could stand at the cursor, best first, at most some hundred. Only actions that the principal may call.
   *
   * @param line the whole line
   * @param cursor how many characters of it are before the cursor
   */
  List<Candidate> complete(Principal principal, String line, int cursor);

  /**
   * Help as text.
   *
   * @param topic an action's id or a group; empty for the list of all that the principal may call
   */
  String help(Principal principal, Optional<String> topic);
}
