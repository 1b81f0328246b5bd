package org.ladang.console.front;

import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.servlet.whiteboard.Preprocessor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stands before every request of every servlet, ours or not: refuses foreign hosts and changes from foreign pages, and
 * puts the security headers on whatever is answered. Keeps the Felix Web Console closed where its default login could
 * answer.
 */
@Component(
    service = {Preprocessor.class, HostGuard.class},
    configurationPid = FrontConfig.PID)
public final class HostGuard implements Preprocessor {
  private static final Logger log = LoggerFactory.getLogger(HostGuard.class);
  private static final String CONSOLE = "/system/console";
  private static final String PROVIDERS = "felix.webconsole.security.providers";

  private final HostList hosts;
  private final boolean consoleGuarded;

  /** Made by DS. */
  @Activate
  public HostGuard(BundleContext context, FrontConfig config) {
    this(new HostList(List.of(config.hosts())), names(context.getProperty(PROVIDERS)));
  }

  HostGuard(HostList hosts, List<String> providers) {
    this.hosts = hosts;
    this.consoleGuarded = providers.contains("ladang");
    if (!consoleGuarded) {
      log.atError().addKeyValue("property", PROVIDERS).log(Problem.unguarded().detail());
    }
  }

  private static List<String> names(String property) {
    return property == null
        ? List.of()
        : Arrays.stream(property.split(",")).map(String::strip).toList();
  }

  @Override
  public void init(FilterConfig config) {
    // Everything came with the constructor.
  }

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    HttpServletRequest http = (HttpServletRequest) request;
    HttpServletResponse answer = (HttpServletResponse) response;
    Optional<Problem> refusal = refusal(http);
    if (refusal.isPresent()) {
      // The body was not read, so the connection cannot serve another request.
      ServletAnswer.send(
          answer, refusal.get().response().header("Connection", "close"), http.getMethod());
    } else {
      SecurityHeaders.common().forEach(answer::setHeader);
      chain.doFilter(request, response);
    }
  }

  private Optional<Problem> refusal(HttpServletRequest request) {
    String host = Optional.ofNullable(request.getHeader("Host")).orElse("");
    if (!hosts.admits(host, request.getLocalPort())) {
      return Optional.of(Problem.foreignHost(host));
    }
    if (!OriginRule.admits(
        request.getMethod(),
        host,
        Optional.ofNullable(request.getHeader("Origin")),
        Optional.ofNullable(request.getHeader("Sec-Fetch-Site")))) {
      return Optional.of(Problem.foreignOrigin());
    }
    if (!consoleGuarded && RequestReader.path(request).startsWith(CONSOLE)) {
      return Optional.of(Problem.unguarded());
    }
    return Optional.empty();
  }

  @Override
  public void destroy() {
    // Nothing is held.
  }
}
