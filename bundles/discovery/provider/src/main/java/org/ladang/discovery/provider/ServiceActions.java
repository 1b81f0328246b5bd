package org.ladang.discovery.provider;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.ladang.discovery.Check;
import org.ladang.discovery.Databases;
import org.ladang.discovery.Discovery;
import org.ladang.discovery.HttpCall;
import org.ladang.discovery.HttpEndpoints;
import org.ladang.discovery.Instance;
import org.ladang.discovery.Kind;
import org.ladang.discovery.Offer;
import org.ladang.discovery.Query;
import org.ladang.discovery.Route;
import org.ladang.discovery.Selector;
import org.ladang.discovery.ServiceInfo;
import org.ladang.kernel.LadangException;
import org.ladang.kernel.action.Action;
import org.ladang.kernel.action.ActionGroup;
import org.ladang.kernel.action.ActionSource;
import org.ladang.kernel.action.Arg;
import org.ladang.kernel.action.CallContext;
import org.ladang.kernel.action.Effect;
import org.ladang.kernel.action.Role;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** What can be asked of discovery. */
@ActionGroup("service")
@Component(service = ActionSource.class)
public final class ServiceActions implements ActionSource {
  /**
   * What is offered, in short.
   *
   * @param service what is offered
   * @param kind how it is called
   * @param endpoints how many there are
   * @param alive how many of them may be called
   */
  public record Line(String service, Kind kind, int endpoints, int alive) {}

  private final Discovery discovery;
  private final HttpEndpoints http;
  private final Databases databases;

  /** Made by DS. */
  @Activate
  public ServiceActions(
      @Reference Discovery discovery,
      @Reference HttpEndpoints http,
      @Reference Databases databases) {
    this.discovery = discovery;
    this.http = http;
    this.databases = databases;
  }

  @Action(
      description = "Lists what is offered, by how many endpoints, and how many of them are alive.",
      role = Role.VIEWER)
  public List<Line> list() {
    return discovery.services().stream()
        .map(info -> new Line(info.type(), info.kind(), info.endpoints().size(), info.alive()))
        .toList();
  }

  @Action(
      description =
          "Shows the endpoints of a service, how they are and why, and the routes to them.",
      role = Role.VIEWER)
  public ServiceInfo info(@Arg("The service.") String service) {
    return discovery.info(service);
  }

  @Action(
      description =
          "Calls one of the endpoints: a path over HTTP, or a query to a database (admins).",
      role = Role.OPERATOR,
      effect = Effect.CHANGE,
      timeout = "30s")
  public CompletionStage<Object> call(
      CallContext context,
      @Arg("The service.") String service,
      @Arg("For HTTP: the path; / by default.") Optional<String> path,
      @Arg("For HTTP: the method; GET by default.") Optional<String> method,
      @Arg("For HTTP: the body, as JSON.") Optional<String> body,
      @Arg("For a database: the query; it is read-only.") Optional<String> sql,
      @Arg("For a database: the parameters of the query.") Optional<List<Object>> parameters,
      @Arg("Only endpoints with this tag.") Optional<String> tag,
      @Arg("How many milliseconds to wait; 5000 by default.") Optional<Integer> millis) {
    Kind kind = discovery.info(service).kind();
    Route route = Route.to(service, tag.map(Selector::tagged).orElse(Selector.ANY));
    Duration limit = millis.map(Duration::ofMillis).orElse(HttpCall.USUAL_LIMIT);
    return switch (kind) {
      case LOCAL ->
          throw new LadangException(
                  "LADANG-DISCOVERY-010",
                  service + " is an interface: plugins call it, people call their actions.")
              .next("service:info " + service + " shows whose it is.");
      case HTTP -> {
        HttpCall call =
            body.isPresent()
                ? HttpCall.json(method.orElse("POST"), path.orElse("/"), body.get())
                : new HttpCall(
                    method.orElse("GET"),
                    path.orElse("/"),
                    Map.of(),
                    "",
                    limit,
                    HttpCall.USUAL_LARGEST);
        yield http.send(route, call.within(limit)).thenApply(answer -> (Object) answer);
      }
      case DATABASE -> {
        if (!context.principal().role().includes(Role.ADMIN)) {
          throw new LadangException("LADANG-DISCOVERY-014", "Only admins ask databases.");
        }
        Query query =
            Query.of(sql.orElse("SELECT 1"), parameters.orElse(List.of()).toArray()).within(limit);
        yield CompletableFuture.completedFuture(databases.query(route, query));
      }
    };
  }

  @Action(
      description = "Registers an endpoint, or changes it; kept over restarts.",
      role = Role.ADMIN,
      effect = Effect.CHANGE,
      idempotent = true)
  public ServiceInfo register(
      @Arg("What it offers.") String service,
      @Arg("Its name.") String endpoint,
      @Arg("Where it is, as a URL over HTTP or JDBC.") String url,
      @Arg("Of what it offers; 1.0.0 by default.") Optional<String> version,
      @Arg("Where it stands.") Optional<String> zone,
      @Arg("How much it takes beside the others; 1 by default.") Optional<Double> weight,
      @Arg("Words by which it can be selected.") Optional<Set<String>> tags,
      @Arg("The path or query that shows that it is well.") Optional<String> check,
      @Arg("Milliseconds between checks; 500 by default, 0 for none.") Optional<Integer> interval,
      @Arg("The user, for a database or HTTP Basic.") Optional<String> user,
      @Arg("The user's password.") Optional<String> password) {
    Instance instance =
        new Instance(
            service,
            endpoint,
            url.startsWith("jdbc:") ? Kind.DATABASE : Kind.HTTP,
            url,
            version.orElse("1.0.0"),
            zone.orElse(""),
            weight.orElse(1.0),
            tags.orElse(Set.of()),
            "");
    Map<String, String> access = new HashMap<>();
    user.ifPresent(name -> access.put("user", name));
    password.ifPresent(word -> access.put("password", word));
    Check usual = Check.USUAL;
    discovery.keep(
        new Offer(
            instance,
            new Check(
                interval.map(Duration::ofMillis).orElse(usual.interval()),
                usual.timeout(),
                check.orElse(""),
                usual.failures(),
                usual.successes()),
            Duration.ZERO,
            access));
    return discovery.info(service);
  }

  @Action(
      description = "Lets an endpoint run out of calls, or gives it calls again; kept.",
      role = Role.OPERATOR,
      effect = Effect.CHANGE,
      idempotent = true)
  public ServiceInfo drain(
      @Arg("The service.") String service,
      @Arg("The endpoint.") String endpoint,
      @Arg("false gives it calls again; true by default.") Optional<Boolean> on) {
    discovery.drain(service, endpoint, on.orElse(true));
    return discovery.info(service);
  }

  @Action(
      description = "Removes an endpoint that was registered.",
      role = Role.ADMIN,
      effect = Effect.CHANGE)
  public String remove(@Arg("The service.") String service, @Arg("The endpoint.") String endpoint) {
    discovery.remove(service, endpoint);
    return endpoint + " of " + service + " is gone.";
  }
}
