package org.ladang.security.provider;

import java.security.SecureRandom;
import java.time.Duration;
import org.ladang.kernel.Clock;
import org.ladang.kernel.Events;
import org.ladang.kernel.Home;
import org.ladang.kernel.State;

/** The parts of the room, put together once; its components and actions work with them. Safe for any thread. */
record Desk(
    Users users,
    Tokens tokens,
    Sessions sessions,
    Passwords passwords,
    FirstStartToken firstStart,
    AuditTrail trail,
    boolean auditRequired,
    FailureTally tokenFailures,
    FailureTally loginFailures,
    Doorkeeper doorkeeper) {

  /**
   * @param process names this run of the process among all others
   */
  static Desk of(
      Home home,
      State state,
      Clock clock,
      Events events,
      SecurityConfig config,
      AuditTrail trail,
      SecureRandom random,
      String process) {
    Secrets secrets = new Secrets(random);
    Users users = new Users(state, clock);
    Tokens tokens = new Tokens(state, clock, secrets);
    Sessions sessions =
        new Sessions(
            state,
            clock,
            secrets,
            Duration.ofMinutes(config.session_idle_minutes()),
            Duration.ofHours(config.session_hours()),
            config.session_max());
    Passwords passwords = new Passwords(secrets, config.password_iterations());
    FirstStartToken firstStart =
        new FirstStartToken(
            state, clock, secrets, events, home.run().resolve("first-start.token"), process);
    FailureTally tokenFailures = new FailureTally(clock);
    FailureTally loginFailures = new FailureTally(clock);
    Doorkeeper doorkeeper =
        new Doorkeeper(
            users,
            tokens,
            sessions,
            passwords,
            new Throttle(clock),
            firstStart,
            trail,
            events,
            tokenFailures,
            loginFailures);
    return new Desk(
        users,
        tokens,
        sessions,
        passwords,
        firstStart,
        trail,
        config.audit_required(),
        tokenFailures,
        loginFailures,
        doorkeeper);
  }

  /** Offers the first start where there is no user. */
  void open() {
    if (users.none()) {
      firstStart.offer();
    }
  }

  /** Done every minute. */
  void tidy() {
    if (users.none()) {
      firstStart.tidy();
    }
    tokens.flush();
    sessions.flush(false);
    noteLeftOut();
  }

  /** Writes down what is held back. */
  void close() {
    tokens.flush();
    sessions.flush(true);
    noteLeftOut();
  }

  private void noteLeftOut() {
    noteLeftOut(tokenFailures, "security:token", Codes.TOKEN);
    noteLeftOut(loginFailures, "security:login", Codes.LOGIN);
  }

  private void noteLeftOut(FailureTally tally, String action, String code) {
    long count = tally.drain();
    if (count > 0) {
      trail.note("-", action, code, count + " more were refused.");
    }
  }
}
