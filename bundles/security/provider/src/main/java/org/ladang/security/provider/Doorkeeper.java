package org.ladang.security.provider;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.ladang.kernel.Events;
import org.ladang.kernel.LadangException;
import org.ladang.kernel.action.Principal;
import org.ladang.kernel.action.Role;
import org.ladang.security.Authenticator;

/** Makes principals of tokens, passwords and sessions, and leaves a trace of those that it refuses. */
final class Doorkeeper implements Authenticator {
  private static final String CSRF = "csrf";

  private final Users users;
  private final Tokens tokens;
  private final Sessions sessions;
  private final Passwords passwords;
  private final Throttle throttle;
  private final FirstStartToken firstStart;
  private final AuditTrail trail;
  private final Events events;
  private final FailureTally tokenFailures;
  private final FailureTally loginFailures;

  Doorkeeper(
      Users users,
      Tokens tokens,
      Sessions sessions,
      Passwords passwords,
      Throttle throttle,
      FirstStartToken firstStart,
      AuditTrail trail,
      Events events,
      FailureTally tokenFailures,
      FailureTally loginFailures) {
    this.users = users;
    this.tokens = tokens;
    this.sessions = sessions;
    this.passwords = passwords;
    this.throttle = throttle;
    this.firstStart = firstStart;
    this.trail = trail;
    this.events = events;
    this.tokenFailures = tokenFailures;
    this.loginFailures = loginFailures;
  }

  @Override
  public Outcome token(String token) {
    Optional<TokenRecord> found = tokens.find(token);
    if (found.isEmpty()) {
      return refusedToken("-", "This API token is not known, or it was revoked.");
    }
    TokenRecord record = found.get();
    if (tokens.expired(record)) {
      return refusedToken(record.principal(), "This API token has expired.");
    }
    Optional<Principal> principal = principal(record);
    principal.ifPresent(p -> tokens.used(record));
    return principal
        .<Outcome>map(Outcome.Known::new)
        .orElseGet(() -> refusedToken(record.principal(), "The owner of this API token is gone."));
  }

  @Override
  public Outcome password(String user, String password, String remote) {
    Optional<Duration> wait = throttle.attempt(user, remote);
    if (wait.isPresent()) {
      long seconds = Math.max(1, wait.get().plusMillis(999).toSeconds());
      String sentence = "Too many wrong passwords: try again in " + seconds + " s.";
      return refusedLogin(user, remote, new Outcome.Unknown(Codes.THROTTLED, sentence));
    }
    Optional<UserRecord> known = users.find(user);
    try {
      if (known.isEmpty()) {
        passwords.matchesNobody(password);
      } else if (passwords.matches(password, known.get().password())) {
        throttle.right(user, remote);
        renew(known.get(), password);
        trail.note(user, "security:login", AuditEntry.OK, from(remote));
        return new Outcome.Known(new Principal(user, known.get().role()));
      }
    } catch (LadangException e) {
      return refusedLogin(user, remote, new Outcome.Unknown(e.code(), e.getMessage()));
    }
    throttle.lock(user, remote).ifPresent(lock -> tellOfGuesses(known, user, remote, lock));
    return refusedLogin(
        user, remote, new Outcome.Unknown(Codes.LOGIN, "The name or the password is wrong."));
  }

  /**
   * Once for each lock, and each is twice as long as the one before. A name that no user has is not told: it may be a
   * password in the wrong field.
   */
  private void tellOfGuesses(
      Optional<UserRecord> known, String user, String remote, Duration lock) {
    String from = remote.isEmpty() ? "" : " (" + from(remote) + ")";
    events.warning(
        "security.guessed",
        known.isPresent() ? user : "",
        (known.isPresent()
                ? "Somebody guesses the password of " + user
                : "Somebody guesses passwords")
            + from
            + ": the next guess is looked at in "
            + Math.max(1, lock.plusMillis(999).toSeconds())
            + " s.");
  }

  @Override
  public Outcome session(String sessionId) {
    return sessions
        .touch(sessionId)
        .flatMap(this::principal)
        .<Outcome>map(Outcome.Known::new)
        .orElseGet(
            () -> new Outcome.Unknown(Codes.SESSION, "The session has ended: log in again."));
  }

  @Override
  public Session open(Principal principal) {
    String name = principal.name();
    int slash = name.indexOf('/');
    String user = slash < 0 ? name : name.substring(0, slash);
    Optional<String> token =
        slash < 0
            ? Optional.of("")
            : tokens.named(user, name.substring(slash + 1)).map(TokenRecord::id);
    if (token.isEmpty() || users.find(user).isEmpty()) {
      throw new LadangException(
              Codes.NOT_OURS, "Only a user or the bearer of an API token can have a session.")
          .next("Log in with a password or an API token first.");
    }
    String id = sessions.open(user, token.get());
    trail.note(name, "security:session.open", AuditEntry.OK, "");
    return find(id)
        .orElseThrow(
            () -> new LadangException(Codes.SESSION, "The session was closed while it opened."));
  }

  @Override
  public Optional<Session> find(String sessionId) {
    return sessions.touch(sessionId).flatMap(s -> principal(s).map(p -> session(sessionId, s, p)));
  }

  private Session session(String id, SessionRecord record, Principal principal) {
    Instant ends = sessions.ends(record);
    return new Session(id, Secrets.derived(id, CSRF), principal, ends);
  }

  @Override
  public void close(String sessionId) {
    sessions
        .close(sessionId)
        .ifPresent(s -> trail.note(s.user(), "security:session.close", AuditEntry.OK, ""));
  }

  @Override
  public FirstStart firstStart(String oneTimeToken, String user, String password) {
    if (!needsFirstStart()) {
      throw Users.firstStartOver();
    }
    firstStart.check(oneTimeToken);
    Users.checkName(user);
    Passwords.check(user, password);
    users.createFirst(user, passwords.hash(password), firstStart::inTime);
    firstStart.spent();
    Tokens.Made made = tokens.create("first-start", user, Role.ADMIN, Tokens.DEFAULT_LIFE);
    trail.note(user, "security:first_start", AuditEntry.OK, "The first admin was made.");
    return new FirstStart(new Principal(user, Role.ADMIN), made.token());
  }

  @Override
  public boolean needsFirstStart() {
    return users.none();
  }

  // What a session or a token may do is asked at each use, so a changed role holds at once.
  private Optional<Principal> principal(SessionRecord session) {
    if (session.token().isEmpty()) {
      return users.find(session.user()).map(u -> new Principal(u.name(), u.role()));
    }
    return tokens.byId(session.token()).filter(t -> !tokens.expired(t)).flatMap(this::principal);
  }

  /** The bearer of a token: never more than its owner. */
  private Optional<Principal> principal(TokenRecord token) {
    return users
        .roleOf(token.owner())
        .map(role -> new Principal(token.principal(), lower(role, token.role())));
  }

  private static Role lower(Role a, Role b) {
    return a.includes(b) ? b : a;
  }

  private void renew(UserRecord user, String password) {
    if (passwords.outdated(user.password())) {
      users.rehash(user.name(), user.password(), passwords.hash(password));
    }
  }

  private Outcome refusedToken(String principal, String sentence) {
    tokenFailures
        .failed(sentence)
        .ifPresent(note -> trail.note(principal, "security:token", Codes.TOKEN, note));
    return new Outcome.Unknown(Codes.TOKEN, sentence);
  }

  private Outcome refusedLogin(String user, String remote, Outcome.Unknown outcome) {
    // A name that nobody has may be a password in the wrong field: it is not written down.
    String name = users.find(user).isPresent() ? user : "-";
    loginFailures
        .failed(from(remote))
        .ifPresent(note -> trail.note(name, "security:login", outcome.code(), note));
    return outcome;
  }

  private static String from(String remote) {
    return remote.isEmpty() ? "" : "from " + remote;
  }
}
