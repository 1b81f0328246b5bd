package org.ladang.console.front;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.felix.webconsole.spi.SecurityProvider;
import org.ladang.console.WebResponse;
import org.ladang.kernel.LadangException;
import org.ladang.kernel.action.Principal;
import org.ladang.kernel.action.Role;
import org.ladang.security.Authenticator;
import org.ladang.security.Authenticator.Outcome;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Lets administrators look at the Felix Web Console: by name and password, by API token as the password, or by the
 * session of a sign-in. With the framework property {@code felix.webconsole.security.providers=ladang} the console is
 * not there at all until this component is, and its own default login never answers.
 */
@Component(
    service = SecurityProvider.class,
    property = {"webconsole.security.provider.id=ladang", "service.ranking:Integer=1000"})
public final class WebConsoleSecurity implements SecurityProvider {
  private static final String COOKIE = "ladang_session";

  private final Authenticator authenticator;
  private final BasicSessions sessions;

  /** Made by DS; the guard is no more than required: it checks host and origin before this is asked. */
  @Activate
  @SuppressWarnings("PMD.UnusedFormalParameter")
  public WebConsoleSecurity(@Reference Authenticator authenticator, @Reference HostGuard guard) {
    this(authenticator, new SecureRandom());
  }

  WebConsoleSecurity(Authenticator authenticator, SecureRandom random) {
    this.authenticator = authenticator;
    this.sessions = new BasicSessions(authenticator, random);
  }

  @Override
  public Object authenticate(HttpServletRequest request, HttpServletResponse response) {
    Outcome outcome;
    try {
      outcome = who(request);
    } catch (LadangException refused) {
      return refuse(request, response, unavailable(refused));
    }
    if (outcome instanceof Outcome.Unknown unknown) {
      return refuse(
          request,
          response,
          Problem.signIn(unknown.code(), unknown.sentence())
              .response()
              .header("WWW-Authenticate", "Basic realm=\"Ladang\", charset=\"UTF-8\""));
    }
    Principal principal = ((Outcome.Known) outcome).principal();
    if (!principal.role().includes(Role.ADMIN)) {
      return refuse(request, response, Problem.adminsOnly().response());
    }
    if (!reads(request)) {
      return refuse(request, response, Problem.readOnly().response());
    }
    response.setHeader("Content-Security-Policy", SecurityHeaders.CSP_WEB_CONSOLE);
    return principal;
  }

  private Outcome who(HttpServletRequest request) {
    Optional<BasicLogin> login = login(request);
    if (login.isPresent()) {
      return sessions.who(login.get(), request.getRemoteAddr());
    }
    return cookie(request)
        .map(authenticator::session)
        .orElseGet(
            () ->
                new Outcome.Unknown(
                    "LADANG-CONSOLE-023", "The Felix Web Console asks who you are."));
  }

  private static boolean reads(HttpServletRequest request) {
    try {
      return WebConsoleReading.onlyReads(
          request.getMethod(), QueryString.parse(request.getQueryString()));
    } catch (IllegalArgumentException unreadable) {
      return false;
    }
  }

  private static WebResponse unavailable(LadangException refused) {
    return new Problem(
            503,
            "Service Unavailable",
            refused.code(),
            refused.getMessage(),
            refused.nextStep().orElse("Try again in a second."))
        .response();
  }

  private static Object refuse(
      HttpServletRequest request, HttpServletResponse servlet, WebResponse response) {
    try {
      ServletAnswer.send(servlet, response, request.getMethod());
      return null;
    } catch (IOException gone) {
      throw new UncheckedIOException(gone);
    }
  }

  private static Optional<BasicLogin> login(HttpServletRequest request) {
    return Optional.ofNullable(request.getHeader("Authorization")).flatMap(BasicLogin::of);
  }

  private static Optional<String> cookie(HttpServletRequest request) {
    return Stream.ofNullable(request.getCookies())
        .flatMap(Stream::of)
        .filter(c -> c.getName().equals(COOKIE))
        .map(Cookie::getValue)
        .findFirst();
  }

  @Override
  public boolean authorize(Object user, String role) {
    return user instanceof Principal principal && principal.role().includes(Role.ADMIN);
  }

  @Override
  public void logout(HttpServletRequest request, HttpServletResponse response) {
    login(request).ifPresent(sessions::end);
    cookie(request).ifPresent(authenticator::close);
  }
}
