package org.ladang.console.provider;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.ladang.console.WebRequest;
import org.ladang.console.WebResponse;
import org.ladang.kernel.LadangException;
import org.ladang.security.Authenticator;
import org.ladang.security.Authenticator.FirstStart;
import org.ladang.security.Authenticator.Outcome;
import org.ladang.security.Authenticator.Session;

/** Signing in and out, and the first user. */
final class Sessions {
  private final Authenticator authenticator;
  private final Semaphore checks;

  /**
   * @param mostChecks how many passwords may be checked at once: each costs tenths of a second of CPU by design
   */
  Sessions(Authenticator authenticator, int mostChecks) {
    this.authenticator = authenticator;
    this.checks = new Semaphore(mostChecks);
  }

  /** Opens a session for a name and a password. */
  WebResponse signIn(WebRequest request) {
    Map<String, Object> body = Json.object(request.body());
    String user = text(body, "user");
    String password = text(body, "password");
    Outcome outcome = costly(() -> authenticator.password(user, password, request.remote()));
    if (outcome instanceof Outcome.Unknown unknown) {
      throw new Refused(
          new Problem(
              Statuses.unknown(unknown.code()),
              unknown.code(),
              unknown.sentence(),
              "Look at name and password."),
          "WWW-Authenticate",
          "Bearer realm=\"Ladang\"");
    }
    Session session = authenticator.open(((Outcome.Known) outcome).principal());
    Map<String, Object> answer = who(new Caller(session.principal(), session.id(), session.csrf()));
    answer.put("expires", session.expires().toString());
    return json(201, answer)
        .header("Set-Cookie", SessionCookie.set(session.id(), request.secure()));
  }

  /** Says who is signed in, and gives a page its CSRF token again. */
  WebResponse present(Call call) {
    return json(200, who(call.who()));
  }

  /** Ends the session of the cookie; a token stays what it is. */
  WebResponse signOut(Call call) {
    if (call.who().byCookie()) {
      authenticator.close(call.who().session());
    }
    return WebResponse.empty(204)
        .header("Set-Cookie", SessionCookie.forget(call.request().secure()));
  }

  /** Spends the one-time token of the first start. */
  WebResponse firstStart(WebRequest request) {
    Map<String, Object> body = Json.object(request.body());
    String token = text(body, "token");
    String user = text(body, "user");
    String password = text(body, "password");
    try {
      FirstStart first = costly(() -> authenticator.firstStart(token, user, password));
      Map<String, Object> answer = new LinkedHashMap<>();
      answer.put("user", first.principal().name());
      answer.put("role", first.principal().role().name());
      answer.put("token", first.apiToken());
      return json(201, answer);
    } catch (LadangException refused) {
      throw new Refused(Problem.of(refused));
    }
  }

  private <T> T costly(Supplier<T> check) {
    if (!checks.tryAcquire()) {
      throw new Refused(
          new Problem(
              503,
              "LADANG-CONSOLE-040",
              "Too many passwords are being checked at this moment.",
              "Try again in a second."));
    }
    try {
      return check.get();
    } finally {
      checks.release();
    }
  }

  private static Map<String, Object> who(Caller caller) {
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("user", caller.principal().name());
    answer.put("role", caller.principal().role().name());
    if (caller.byCookie()) {
      answer.put("csrf", caller.csrf());
    }
    return answer;
  }

  private static String text(Map<String, Object> body, String member) {
    if (body.get(member) instanceof String text && !text.isEmpty()) {
      return text;
    }
    throw new Refused(
        new Problem(
            400,
            "LADANG-CONSOLE-041",
            "The body lacks the text \"" + member + "\".",
            "",
            Map.of("argument", member)));
  }

  private static WebResponse json(int status, Map<String, Object> body) {
    return WebResponse.of(status, "application/json", Json.write(body));
  }
}
