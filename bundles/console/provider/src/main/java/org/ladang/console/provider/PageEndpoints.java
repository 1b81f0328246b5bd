package org.ladang.console.provider;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.ladang.console.Access;
import org.ladang.console.Route;
import org.ladang.console.WebResponse;
import org.ladang.console.provider.page.Pages;
import org.ladang.console.provider.page.Visit;
import org.ladang.kernel.Clock;
import org.ladang.kernel.action.ActionCatalog;
import org.ladang.kernel.action.Gate;
import org.ladang.kernel.action.Role;
import org.ladang.security.Authenticator;

/** The routes of the pages and what answers them. */
final class PageEndpoints {
  private static final Access VIEWER = new Access.Needs(Role.VIEWER);

  private final Gate gate;
  private final ActionCatalog catalog;
  private final Clock clock;
  private final Authenticator authenticator;
  private final Uploads uploads;
  private final Pages pages = new Pages();

  PageEndpoints(
      Gate gate, ActionCatalog catalog, Clock clock, Authenticator authenticator, Uploads uploads) {
    this.gate = gate;
    this.catalog = catalog;
    this.clock = clock;
    this.authenticator = authenticator;
    this.uploads = uploads;
  }

  List<Endpoint> all() {
    Access signIn = new Access.Open("Whoever signs in has no login yet; the page only asks.");
    Access files = new Access.Open("Scripts and styles say nothing of this runtime.");
    return List.of(
        new Endpoint(
            new Route("GET", PagePaths.SIGN_IN, signIn, "The page to sign in on."),
            call ->
                CompletableFuture.completedStage(pages.signIn(authenticator.needsFirstStart()))),
        new Endpoint(
            new Route("GET", PagePaths.STATIC, files, "Scripts and styles of the pages."),
            call ->
                CompletableFuture.completedStage(
                    pages.file(call.path().get("file")).orElseThrow(() -> nothing(call)))),
        page(PagePaths.OVERVIEW, "The first page: how the field is.", pages::overview),
        page(PagePaths.PLUGINS, "The page of all plugins.", pages::plugins),
        page(PagePaths.PLUGIN, "The page of a plugin.", pages::plugin),
        page(PagePaths.DEPLOY, "The page on which a jar is dropped.", pages::deploy),
        page(PagePaths.SHARDS, "The page of the shards.", pages::shards),
        page(PagePaths.RESILIENCE, "The page of breakers, pools and endpoints.", pages::resilience),
        page(PagePaths.CONFIG, "The page of the configuration.", pages::config),
        page(PagePaths.CONFIGURATION, "The page of one configuration.", pages::configuration),
        page(PagePaths.EVENTS, "The page of events and log.", pages::events),
        page(PagePaths.SECURITY, "The page of users, tokens and audit.", pages::security),
        page(PagePaths.ACTIONS, "The page of all actions.", pages::actions),
        new Endpoint(
            new Route("GET", PagePaths.ACTION, VIEWER, "The page of an action."),
            call -> pages.action(visit(call)).orElseThrow(() -> nothing(call))),
        new Endpoint(
            new Route("GET", PagePaths.LIVE, VIEWER, "Events as they come, as server-sent events."),
            call -> CompletableFuture.completedStage(live())),
        new Endpoint(
            new Route(
                "POST",
                PagePaths.UPLOAD,
                new Access.Needs(Role.OPERATOR),
                "Drops a jar into the inbox; the body is the jar."),
            this::upload));
  }

  private Endpoint page(
      String path, String description, Function<Visit, CompletionStage<WebResponse>> page) {
    return new Endpoint(
        new Route("GET", path, VIEWER, description), call -> page.apply(visit(call)));
  }

  private Visit visit(Call call) {
    Caller caller = call.who();
    return new Visit(
        call.request(),
        call.path(),
        caller.principal(),
        caller.sessionName(),
        caller.csrf(),
        call.traceId(),
        gate,
        catalog,
        clock.now());
  }

  /** The front door keeps the answer open, writes events to it, and asks now and then whether it still may. */
  private static WebResponse live() {
    return WebResponse.of(
        200, "text/event-stream", "retry: 1000\n\n".getBytes(StandardCharsets.UTF_8));
  }

  private CompletionStage<WebResponse> upload(Call call) {
    String name = call.path().get("file");
    String ticket = uploads.take(name, call.request().body());
    return new ActionCalls(gate, catalog, clock)
        .with(call, "console:drop", Map.of("file", name, "upload", ticket))
        .whenComplete((answer, failure) -> uploads.forget(ticket));
  }

  WebResponse problem(Problem problem, String traceId) {
    return pages.problem(
        problem.status(), problem.code(), problem.detail(), problem.next(), traceId);
  }

  private static Refused nothing(Call call) {
    return new Refused(
        new Problem(
            404,
            "LADANG-CONSOLE-037",
            "There is nothing at " + call.request().path() + ".",
            "GET /api/v1 says what there is."));
  }
}
