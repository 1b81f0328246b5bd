package org.ladang.console.provider;

import static java.util.concurrent.CompletableFuture.completedStage;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.ladang.console.Access;
import org.ladang.console.Route;
import org.ladang.console.WebResponse;
import org.ladang.kernel.action.ActionCatalog;
import org.ladang.kernel.action.ActionInfo;
import org.ladang.kernel.action.Role;

/** The fixed routes of {@code /api/v1} and what answers them. */
final class Endpoints {
  private static final Access VIEWER = new Access.Needs(Role.VIEWER);

  private final ActionCatalog catalog;
  private final ActionCalls calls;
  private final Sessions sessions;
  private final OpenApi openApi;

  Endpoints(ActionCatalog catalog, ActionCalls calls, Sessions sessions, OpenApi openApi) {
    this.catalog = catalog;
    this.calls = calls;
    this.sessions = sessions;
    this.openApi = openApi;
  }

  List<Endpoint> all() {
    Access links = new Access.Open("It only says where to go.");
    Access signIn = new Access.Open("Whoever signs in has no login yet; guesses are throttled.");
    Access firstStart = new Access.Open("There is no user yet; the one-time token is the login.");
    return List.of(
        at("GET", "/", links, "Says where to go.", call -> now(Landing.root(call.request()))),
        at("GET", "/api", links, "Says where to go.", call -> now(Landing.links())),
        at("GET", ApiPaths.API, links, "Says where to go.", call -> now(Landing.links())),
        at(
            "POST",
            ApiPaths.FIRST_START,
            firstStart,
            "Makes the first user with the one-time token.",
            call -> now(sessions.firstStart(call.request()))),
        at(
            "POST",
            ApiPaths.SESSION,
            signIn,
            "Signs in with name and password.",
            call -> now(sessions.signIn(call.request()))),
        at(
            "GET",
            ApiPaths.SESSION,
            VIEWER,
            "Says who is signed in.",
            call -> now(sessions.present(call))),
        at("DELETE", ApiPaths.SESSION, VIEWER, "Signs out.", call -> now(sessions.signOut(call))),
        at(
            "GET",
            ApiPaths.OPENAPI,
            VIEWER,
            "Describes all that the caller may call, as OpenAPI 3.1.",
            call -> now(openApi.response(call.who().principal().role()))),
        at(
            "GET",
            ApiPaths.ACTIONS,
            VIEWER,
            "Lists the actions that the caller may call.",
            call -> now(actions(call))),
        at(
            "GET",
            ApiPaths.PLUGINS,
            needs("plugin:list"),
            "Lists the plugins.",
            call -> calls.get(call, "plugin:list")),
        at(
            "GET",
            ApiPaths.PLUGIN,
            needs("plugin:info"),
            "Tells all about one plugin.",
            call -> calls.get(call, "plugin:info", Map.of("name", call.path().get("name")))),
        at(
            "GET",
            ApiPaths.SHARDS,
            needs("shard:stats"),
            "Says how the shards are.",
            call -> calls.get(call, shards())),
        at(
            "GET",
            ApiPaths.ACTION,
            VIEWER,
            "Calls an action that only reads; the arguments are the query.",
            call -> calls.get(call, id(call))),
        at(
            "POST",
            ApiPaths.ACTION,
            VIEWER,
            "Calls an action; the arguments are the body.",
            call -> calls.post(call, id(call))));
  }

  private static Endpoint at(
      String method, String path, Access access, String description, Endpoint.Answer answer) {
    return new Endpoint(new Route(method, path, access, description), answer);
  }

  private static CompletionStage<WebResponse> now(WebResponse response) {
    return completedStage(response);
  }

  /** The role of the action behind a route; the gate asks again. */
  private Access needs(String action) {
    return new Access.Needs(catalog.find(action).map(ActionInfo::role).orElse(Role.VIEWER));
  }

  private WebResponse actions(Call call) {
    return WebResponse.of(
        200,
        "application/json",
        Json.write(
            CatalogueView.of(
                catalog.actions().stream().filter(a -> call.who().may(a.role())).toList())));
  }

  private String shards() {
    return catalog.find("shard:stats").isPresent() ? "shard:stats" : "shard:list";
  }

  private static String id(Call call) {
    Function<String, String> part = call.path()::get;
    return part.apply("owner") + ":" + part.apply("action");
  }
}
