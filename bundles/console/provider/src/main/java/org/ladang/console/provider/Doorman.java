package org.ladang.console.provider;

import java.util.Optional;
import org.ladang.console.Access;
import org.ladang.console.WebRequest;
import org.ladang.kernel.LadangException;
import org.ladang.kernel.action.Principal;
import org.ladang.security.Authenticator;
import org.ladang.security.Authenticator.Outcome;
import org.ladang.security.Authenticator.Session;

/** Asks who a caller is: {@code Authorization: Bearer} first, else the session's cookie. */
final class Doorman {
  private static final String BEARER = "bearer ";
  private static final String CHALLENGE = "Bearer realm=\"Ladang\"";

  private final Authenticator authenticator;

  Doorman(Authenticator authenticator) {
    this.authenticator = authenticator;
  }

  /**
   * Who it is, where the route needs somebody; empty where it is open.
   *
   * @throws Refused with 401 for nobody, 403 for too low a role or a change without CSRF token, 503 while security is
   *     not there
   */
  Optional<Caller> admit(WebRequest request, Access access) {
    if (!(access instanceof Access.Needs needs)) {
      return Optional.empty();
    }
    Caller caller = caller(request);
    if (!caller.may(needs.role())) {
      throw new Refused(
          new Problem(
              403,
              "LADANG-CONSOLE-033",
              caller.principal().name()
                  + " has the role "
                  + caller.principal().role()
                  + "; this needs "
                  + needs.role()
                  + ".",
              "Ask an administrator for the role, or use a token that has it."));
    }
    Csrf.check(request, caller);
    return Optional.of(caller);
  }

  private Caller caller(WebRequest request) {
    try {
      Optional<String> bearer = request.header("authorization").flatMap(Doorman::bearer);
      if (bearer.isPresent()) {
        return Caller.byToken(known(authenticator.token(bearer.get())));
      }
      Optional<String> session = request.cookie(SessionCookie.NAME);
      if (session.isPresent()) {
        return bySession(session.get());
      }
      throw nobody();
    } catch (LadangException unavailable) {
      throw new Refused(Problem.withStatus(503, unavailable));
    }
  }

  private static Optional<String> bearer(String header) {
    return header.regionMatches(true, 0, BEARER, 0, BEARER.length())
        ? Optional.of(header.substring(BEARER.length()).strip())
        : Optional.empty();
  }

  private Caller bySession(String id) {
    Optional<Session> session = authenticator.find(id);
    return session.isPresent()
        ? new Caller(session.get().principal(), id, session.get().csrf())
        : new Caller(known(authenticator.session(id)), id, "");
  }

  private static Principal known(Outcome outcome) {
    if (outcome instanceof Outcome.Known known) {
      return known.principal();
    }
    Outcome.Unknown unknown = (Outcome.Unknown) outcome;
    throw new Refused(
        new Problem(
            401, unknown.code(), unknown.sentence(), "Sign in again, or use another token."),
        "WWW-Authenticate",
        CHALLENGE + ", error=\"invalid_token\"");
  }

  private Refused nobody() {
    String next =
        authenticator.needsFirstStart()
            ? "Make the first user with POST /api/v1/first-start and the one-time token of the first start."
            : "Send Authorization: Bearer <API token>, or sign in with POST /api/v1/session.";
    return new Refused(
        new Problem(401, "LADANG-CONSOLE-031", "Nobody is signed in.", next),
        "WWW-Authenticate",
        CHALLENGE);
  }
}
