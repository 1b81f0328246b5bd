package org.ladang.console.provider;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.ladang.console.Access;
import org.ladang.console.Route;
import org.ladang.console.WebHandler;
import org.ladang.console.WebRequest;
import org.ladang.console.WebResponse;
import org.ladang.kernel.Clock;
import org.ladang.kernel.Home;
import org.ladang.kernel.LadangException;
import org.ladang.kernel.LadangSubsystem;
import org.ladang.kernel.action.ActionCatalog;
import org.ladang.kernel.action.ActionInfo;
import org.ladang.kernel.action.Effect;
import org.ladang.kernel.action.Gate;
import org.ladang.security.Authenticator;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The REST door: everything under {@code /api/v1}, generated from the list of actions. Keeps nothing between calls. */
@LadangSubsystem(name = "console", title = "Web console and REST")
@Component(service = WebHandler.class, configurationPid = RestApi.PID)
@Designate(ocd = RestApi.Config.class)
public final class RestApi implements WebHandler {
  static final String PID = "org.ladang.console";
  private static final String UPLOADS = ApiPaths.API + "/upload/";
  private static final Logger log = LoggerFactory.getLogger(RestApi.class);

  /** What can be set. */
  @ObjectClassDefinition(name = "Console", description = "The web console and the REST door.")
  @interface Config {
    @AttributeDefinition(
        name = "Password checks",
        description =
            "How many passwords may be checked at once; each check costs tenths of a second of CPU by design.")
    int max_password_checks() default 4;
  }

  private final ActionCatalog catalog;
  private final Authenticator authenticator;
  private final Endpoints endpoints;
  private final PageEndpoints pages;
  private final Trace trace;

  /** Made by DS. */
  @Activate
  public RestApi(
      @Reference Gate gate,
      @Reference ActionCatalog catalog,
      @Reference Authenticator authenticator,
      @Reference Clock clock,
      @Reference Home home,
      Config config) {
    this(
        gate,
        catalog,
        authenticator,
        clock,
        home.version(),
        home.run(),
        config.max_password_checks());
  }

  RestApi(
      Gate gate,
      ActionCatalog catalog,
      Authenticator authenticator,
      Clock clock,
      String version,
      Path run,
      int mostChecks) {
    this.catalog = catalog;
    this.authenticator = authenticator;
    this.endpoints =
        new Endpoints(
            catalog,
            new ActionCalls(gate, catalog, clock),
            new Sessions(authenticator, mostChecks),
            new OpenApi(catalog, version));
    this.pages = new PageEndpoints(gate, catalog, clock, authenticator, new Uploads(run));
    this.trace = new Trace(() -> UUID.randomUUID().toString().replace("-", ""));
  }

  @Override
  public CompletionStage<WebResponse> handle(WebRequest request) {
    String traceId = trace.id(request);
    return begin(request, traceId)
        .handle(
            (response, failure) ->
                (failure == null ? response : refusal(request, failure, traceId))
                    .header("X-Request-Id", traceId));
  }

  private CompletionStage<WebResponse> begin(WebRequest request, String traceId) {
    try {
      if (request.path().startsWith("/api") && !request.path().startsWith(UPLOADS)) {
        Accepts.check(request);
      }
      return new Router(all(), new Doorman(authenticator)).answer(request, traceId);
    } catch (RuntimeException refused) {
      return CompletableFuture.failedStage(refused);
    }
  }

  private List<Endpoint> all() {
    List<Endpoint> all = new ArrayList<>(endpoints.all());
    all.addAll(pages.all());
    return all;
  }

  /** People get a page; nobody in particular is sent to sign in. */
  private WebResponse refusal(WebRequest request, Throwable failure, String traceId) {
    WebResponse plain = refusal(failure, traceId);
    boolean forPeople = !request.path().startsWith("/api") && Accepts.page(request);
    if (!forPeople) {
      return plain;
    }
    if (plain.status() == 401) {
      return WebResponse.empty(303).header("Location", PagePaths.SIGN_IN);
    }
    Problem problem =
        cause(failure) instanceof Refused refused
            ? refused.problem()
            : cause(failure) instanceof LadangException refused
                ? Problem.of(refused)
                : broken(traceId);
    return pages.problem(problem, traceId);
  }

  private static Throwable cause(Throwable failure) {
    Throwable cause = failure;
    while (cause instanceof CompletionException && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause;
  }

  private static WebResponse refusal(Throwable failure, String traceId) {
    Throwable cause = cause(failure);
    if (cause instanceof Refused refused) {
      return refused.response(traceId);
    }
    if (cause instanceof LadangException refused) {
      return Problem.of(refused).response(traceId);
    }
    log.atError().addKeyValue("trace", traceId).setCause(cause).log("A request failed.");
    return broken(traceId).response(traceId);
  }

  private static Problem broken(String traceId) {
    return new Problem(
        500,
        "LADANG-CONSOLE-042",
        "The console failed while it answered this request.",
        "The log says why, under the trace id " + traceId + ".");
  }

  @Override
  public List<Route> routes() {
    List<Route> routes = new ArrayList<>();
    all().stream()
        .map(Endpoint::route)
        .filter(r -> !r.path().equals(ApiPaths.ACTION))
        .forEach(routes::add);
    catalog.actions().forEach(action -> add(routes, action));
    return List.copyOf(routes);
  }

  private static void add(List<Route> routes, ActionInfo action) {
    Access access = new Access.Needs(action.role());
    String path = ApiPaths.action(action);
    if (action.effect() == Effect.READ) {
      routes.add(new Route("GET", path, access, action.description()));
    }
    routes.add(new Route("POST", path, access, action.description()));
  }
}
