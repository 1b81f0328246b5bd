package org.ladang.security;

import java.time.Instant;
import java.util.Optional;
import org.ladang.kernel.action.Principal;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Turns what a caller shows (an API token, a name and a password, a session's cookie) into a {@link Principal}. Doors
 * ask it before they call an action; what the principal may do is decided later, by the gate.
 *
 * <p>Safe for any thread. {@link #token} and {@link #session} take microseconds and never touch the disk; {@link
 * #password} deliberately costs some tenths of a second of CPU. Nothing given to these methods is logged. A wrong or
 * missing secret is an {@link Outcome.Unknown}, not an exception.
 */
@ProviderType
public interface Authenticator {
  /** Who owns this API token, with the token's role; expired and revoked tokens are unknown. */
  Outcome token(String token);

  /**
   * Who has this name and password. Wrong guesses are throttled per user and per remote: after a few, further ones are
   * refused unread for a growing time.
   *
   * @param remote from where, for example an IP address; empty when there is none
   */
  Outcome password(String user, String password, String remote);

  /** Whose session this is; asking keeps it from becoming idle. */
  Outcome session(String sessionId);

  /**
   * Opens a session for a principal that was made known by this authenticator.
   *
   * @throws org.ladang.kernel.LadangException when no more sessions can be kept
   */
  Session open(Principal principal);

  /**
   * The session of that id with its CSRF token, as {@link #open} gave it; sessions survive an upgrade of security and a
   * restart, so a door needs no list of its own. Empty when it has ended. Asking keeps it from becoming idle.
   */
  default Optional<Session> find(String sessionId) {
    return Optional.empty();
  }

  /** Ends a session; nothing happens when there is none of this id. */
  void close(String sessionId);

  /**
   * Spends the one-time token of the first start: makes the first user, an administrator, and an API token for it.
   * Succeeds exactly once in the life of a runtime, no matter how many threads try.
   *
   * @throws org.ladang.kernel.LadangException when the token is wrong, spent or expired, when a user exists already, or
   *     when name or password break the rules; a broken rule does not spend the token
   */
  FirstStart firstStart(String oneTimeToken, String user, String password);

  /** Whether no user exists yet, so that {@link #firstStart} is what to do. */
  boolean needsFirstStart();

  /** The answer to "who is this?". */
  sealed interface Outcome {
    /**
     * Somebody we know.
     *
     * @param principal who, and what they may do
     */
    record Known(Principal principal) implements Outcome {}

    /**
     * Nobody we know.
     *
     * @param code stable, for programs
     * @param sentence what to tell the caller; says nothing about whether the user exists
     */
    record Unknown(String code, String sentence) implements Outcome {}
  }

  /**
   * A session that was opened.
   *
   * @param id 256 random bits, for an HttpOnly cookie
   * @param csrf 256 random bits that the page sends along with every change
   * @param principal whose it is
   * @param expires when it ends at the latest; it ends before that when it is not used
   */
  record Session(String id, String csrf, Principal principal, Instant expires) {}

  /**
   * What the first start gave.
   *
   * @param principal the first user, an administrator
   * @param apiToken its API token, shown this once
   */
  record FirstStart(Principal principal, String apiToken) {}
}
