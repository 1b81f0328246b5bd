package org.ladang.console.provider;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.ladang.console.WebRequest;
import org.ladang.console.WebResponse;
import org.ladang.kernel.Clock;
import org.ladang.kernel.LadangException;
import org.ladang.kernel.action.ActionCatalog;
import org.ladang.kernel.action.ActionInfo;
import org.ladang.kernel.action.CallContext;
import org.ladang.kernel.action.Effect;
import org.ladang.kernel.action.Gate;
import org.ladang.kernel.action.Principal;
import org.ladang.kernel.action.Role;
import org.ladang.security.Authenticator;

/** A runtime with three actions, three tokens and one session, around the REST door under test. */
final class FakeRuntime implements Gate, Clock, Authenticator {
  static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  static final ActionInfo READ = action("bots", "get_status", Role.VIEWER, Effect.READ);
  static final ActionInfo CHANGE = action("bots", "create_bot", Role.OPERATOR, Effect.CHANGE);
  static final ActionInfo ADMIN = action("security", "users", Role.ADMIN, Effect.READ);
  static final ActionInfo PLUGINS = action("plugin", "list", Role.VIEWER, Effect.READ);

  final ActionCatalog catalog =
      new ActionCatalog() {
        @Override
        public List<ActionInfo> actions() {
          return List.of(CHANGE, READ, PLUGINS, ADMIN);
        }

        @Override
        public Optional<ActionInfo> find(String id) {
          return actions().stream().filter(a -> a.id().equals(id)).findFirst();
        }

        @Override
        public long revision() {
          return 1;
        }
      };
  final RestApi api = new RestApi(this, catalog, this, this, "0.1.0", Path.of("target"), 1);
  final List<String> called = new ArrayList<>();
  final List<String> closed = new ArrayList<>();
  CallContext context;
  Map<String, Object> arguments;
  Object result = Map.of("ok", true);
  Optional<RuntimeException> failure = Optional.empty();
  Optional<LadangException> securityGone = Optional.empty();
  Runnable duringPasswordCheck = () -> {};

  private static ActionInfo action(String owner, String name, Role role, Effect effect) {
    Map<String, Object> properties = new LinkedHashMap<>();
    properties.put("id", Map.of("type", "string", "description", "Which."));
    properties.put("limit", Map.of("type", "integer"));
    properties.put("exact", Map.of("type", "boolean"));
    properties.put("tags", Map.of("type", "array", "items", Map.of("type", "string")));
    properties.put("filter", Map.of("type", "object"));
    return new ActionInfo(
        owner,
        name,
        "Does " + name + ".",
        role,
        effect,
        effect == Effect.READ,
        Duration.ofSeconds(10),
        owner,
        Map.of("type", "object", "properties", properties, "required", List.of("id")),
        Map.of("type", "object"),
        "org.ladang.test");
  }

  /** A request as whoever has that token; nobody's where it is empty. */
  WebResponse ask(String method, String path, String token, String body, String... headers) {
    Map<String, String> all = new LinkedHashMap<>();
    if (!token.isEmpty()) {
      all.put("authorization", "Bearer " + token);
    }
    if (!body.isEmpty()) {
      all.put("content-type", "application/json");
    }
    for (int i = 0; i < headers.length; i += 2) {
      all.put(headers[i], headers[i + 1]);
    }
    return ask(method, path, Map.of(), all, body);
  }

  WebResponse ask(
      String method,
      String path,
      Map<String, List<String>> query,
      Map<String, String> headers,
      String body) {
    try {
      return api.handle(
              new WebRequest(
                  method,
                  path,
                  query,
                  headers,
                  body.getBytes(StandardCharsets.UTF_8),
                  "127.0.0.1",
                  false))
          .toCompletableFuture()
          .get(5, TimeUnit.SECONDS);
    } catch (Exception failed) {
      throw new AssertionError(failed);
    }
  }

  @Override
  public Object call(CallContext by, String action, Map<String, Object> given) {
    throw new AssertionError("A door submits.");
  }

  @Override
  public CompletionStage<Object> submit(CallContext by, String action, Map<String, Object> given) {
    called.add(action);
    context = by;
    arguments = given;
    return failure
        .<CompletionStage<Object>>map(CompletableFuture::failedStage)
        .orElseGet(() -> CompletableFuture.completedStage(result));
  }

  @Override
  public Instant now() {
    return NOW;
  }

  @Override
  public long nanos() {
    return 0;
  }

  @Override
  public Outcome token(String token) {
    securityGone.ifPresent(
        gone -> {
          throw gone;
        });
    return switch (token) {
      case "viewer" -> new Outcome.Known(new Principal("vic", Role.VIEWER));
      case "operator" -> new Outcome.Known(new Principal("oda", Role.OPERATOR));
      case "admin" -> new Outcome.Known(new Principal("ann", Role.ADMIN));
      default -> new Outcome.Unknown("LADANG-SECURITY-001", "The token is not known.");
    };
  }

  @Override
  public Outcome password(String user, String password, String remote) {
    duringPasswordCheck.run();
    return password.equals("right")
        ? new Outcome.Known(new Principal(user, Role.ADMIN))
        : new Outcome.Unknown("LADANG-SECURITY-002", "Name or password is wrong.");
  }

  @Override
  public Outcome session(String id) {
    return id.equals("secret-session")
        ? new Outcome.Known(new Principal("ann", Role.ADMIN))
        : new Outcome.Unknown("LADANG-SECURITY-003", "The session has ended.");
  }

  @Override
  public Session open(Principal principal) {
    return new Session("secret-session", "csrf-token", principal, NOW.plusSeconds(3600));
  }

  @Override
  public Optional<Session> find(String id) {
    return session(id) instanceof Outcome.Known known
        ? Optional.of(open(known.principal()))
        : Optional.empty();
  }

  @Override
  public void close(String id) {
    closed.add(id);
  }

  @Override
  public FirstStart firstStart(String oneTimeToken, String user, String password) {
    if (!oneTimeToken.equals("once")) {
      throw new LadangException("LADANG-SECURITY-010", "The one-time token is wrong.");
    }
    return new FirstStart(new Principal(user, Role.ADMIN), "fresh-token");
  }

  @Override
  public boolean needsFirstStart() {
    return false;
  }
}
