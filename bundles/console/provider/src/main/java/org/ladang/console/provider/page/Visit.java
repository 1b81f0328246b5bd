package org.ladang.console.provider.page;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.ladang.console.WebRequest;
import org.ladang.kernel.LadangException;
import org.ladang.kernel.action.ActionCatalog;
import org.ladang.kernel.action.ActionInfo;
import org.ladang.kernel.action.CallContext;
import org.ladang.kernel.action.Gate;
import org.ladang.kernel.action.Principal;
import org.ladang.kernel.action.Role;

/** One look of somebody at a page: asks actions in that person's name. */
public final class Visit {
  /** Longer than that no panel keeps its page waiting. */
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private final WebRequest request;
  private final Map<String, String> path;
  private final Principal principal;
  private final String session;
  private final String csrf;
  private final String traceId;
  private final Gate gate;
  private final ActionCatalog catalog;
  private final Instant now;

  /**
   * @param path the parts of the address that its template leaves open
   * @param session a name of the session for logs, or empty
   * @param csrf what the page sends along with changes; empty where there is no cookie
   */
  public Visit(
      WebRequest request,
      Map<String, String> path,
      Principal principal,
      String session,
      String csrf,
      String traceId,
      Gate gate,
      ActionCatalog catalog,
      Instant now) {
    this.request = request;
    this.path = path;
    this.principal = principal;
    this.session = session;
    this.csrf = csrf;
    this.traceId = traceId;
    this.gate = gate;
    this.catalog = catalog;
    this.now = now;
  }

  /** Asks an action; the stage always ends well, with the value or with why there is none. */
  CompletableFuture<Asked> ask(String action, Object... namesAndValues) {
    Map<String, Object> arguments = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      arguments.put((String) namesAndValues[i], namesAndValues[i + 1]);
    }
    String command = Command.of(action, arguments);
    CallContext context =
        new CallContext(principal, now.plus(PATIENCE), traceId, session, "", "console");
    try {
      return gate.submit(context, action, arguments)
          .handle(
              (value, failure) ->
                  failure == null
                      ? Asked.got(command, value)
                      : Asked.refused(command, why(failure)))
          .toCompletableFuture();
    } catch (LadangException refused) {
      return CompletableFuture.completedFuture(Asked.refused(command, refused));
    }
  }

  private static LadangException why(Throwable failure) {
    Throwable cause = failure;
    while (cause instanceof CompletionException && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause instanceof LadangException refused
        ? refused
        : new LadangException("LADANG-CONSOLE-042", "The console could not ask for this.");
  }

  Optional<ActionInfo> action(String id) {
    return catalog.find(id);
  }

  boolean has(String id) {
    return catalog.find(id).isPresent();
  }

  List<ActionInfo> actions() {
    return catalog.actions();
  }

  boolean may(Role role) {
    return principal.role().includes(role);
  }

  Principal principal() {
    return principal;
  }

  String csrf() {
    return csrf;
  }

  Instant now() {
    return now;
  }

  String address() {
    return request.path();
  }

  String path(String name) {
    return path.getOrDefault(name, "");
  }

  /** A parameter of the query, the first of its name. */
  Optional<String> parameter(String name) {
    return request.query().getOrDefault(name, List.of()).stream()
        .filter(text -> !text.isBlank())
        .findFirst();
  }
}
