package org.ladang.console.provider;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.ladang.console.WebRequest;
import org.ladang.console.WebResponse;

/** Finds the endpoint of a request, lets the doorman look at the caller, and asks the endpoint. */
final class Router {
  private final List<Mapped> mapped;
  private final Doorman doorman;

  Router(List<Endpoint> endpoints, Doorman doorman) {
    this.mapped =
        endpoints.stream().map(e -> new Mapped(e, new PathTemplate(e.route().path()))).toList();
    this.doorman = doorman;
  }

  private record Mapped(Endpoint endpoint, PathTemplate template) {
    boolean takes(String method) {
      String own = endpoint.route().method();
      return own.equals(method) || method.equals("HEAD") && own.equals("GET");
    }
  }

  /**
   * The response.
   *
   * @throws Refused 404, 405, and whatever doorman and endpoint refuse
   */
  CompletionStage<WebResponse> answer(WebRequest request, String traceId) {
    List<Mapped> here =
        mapped.stream().filter(m -> m.template().match(request.path()).isPresent()).toList();
    if (here.isEmpty()) {
      throw new Refused(
          new Problem(
              404,
              "LADANG-CONSOLE-037",
              "There is nothing at " + request.path() + ".",
              "GET /api/v1 says what there is."));
    }
    if (request.method().equals("OPTIONS")) {
      return CompletableFuture.completedStage(WebResponse.empty(204).header("Allow", allow(here)));
    }
    Optional<Mapped> found = here.stream().filter(m -> m.takes(request.method())).findFirst();
    if (found.isEmpty()) {
      throw methodNotAllowed(request.method(), allow(here));
    }
    Endpoint endpoint = found.get().endpoint();
    Map<String, String> path = found.get().template().match(request.path()).orElseThrow();
    Optional<Caller> caller = doorman.admit(request, endpoint.route().access());
    return endpoint.answer().to(new Call(request, caller, path, traceId));
  }

  static Refused methodNotAllowed(String method, String allow) {
    return new Refused(
        new Problem(
            405,
            "LADANG-CONSOLE-038",
            "This address does not take " + method + ".",
            "Use one of: " + allow + "."),
        "Allow",
        allow);
  }

  private static String allow(List<Mapped> here) {
    return here.stream()
        .map(m -> m.endpoint().route().method())
        .flatMap(m -> m.equals("GET") ? Stream.of("GET", "HEAD") : Stream.of(m))
        .distinct()
        .collect(Collectors.joining(", ", "", ", OPTIONS"));
  }
}
