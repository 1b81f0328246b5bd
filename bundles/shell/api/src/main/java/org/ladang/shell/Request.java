package org.ladang.shell;

import java.util.List;
import java.util.Objects;
import org.ladang.kernel.action.Principal;

/**
 * One command.
 *
 * @param principal who asks
 * @param session names the connection in logs and audit; may be empty
 * @param words the command and its arguments: {@code bots:create_bot}, {@code id=x}
 * @param json whether the answer is for a program; {@code --json} among the words does the same
 * @param width how many columns the reader has; 0 when lines need not fit anything
 * @param consent whether the shell may ask before a dangerous action
 */
public record Request(
    Principal principal,
    String session,
    List<String> words,
    boolean json,
    int width,
    Consent consent) {

  /** Whether somebody is there who can be asked. */
  public enum Consent {
    /** Nobody is: without {@code --yes} a dangerous action is refused. */
    CANNOT_ASK,
    /** Somebody is: a dangerous action is answered with {@link Answer.Exit#CONFIRM}. */
    CAN_ASK,
    /** Somebody was asked and agreed. */
    GIVEN
  }

  public Request {
    Objects.requireNonNull(principal, "principal");
    Objects.requireNonNull(session, "session");
    words = List.copyOf(words);
    Objects.requireNonNull(consent, "consent");
  }

  /** The same command, after the person at the door agreed. */
  public Request confirmed() {
    return new Request(principal, session, words, json, width, Consent.GIVEN);
  }
}
