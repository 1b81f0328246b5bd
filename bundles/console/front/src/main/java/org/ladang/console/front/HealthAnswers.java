package org.ladang.console.front;

import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.ladang.console.Access;
import org.ladang.console.Route;
import org.ladang.console.WebResponse;

/**
 * {@code /health/live} and {@code /health/ready}: up or not, and nothing else, to anybody. Answered here and not behind
 * the proxy, so that a console which is being replaced is no reason to restart the process, and a sick plugin none to
 * take the runtime out of service.
 */
final class HealthAnswers {
  static final String ALLOW = "GET, HEAD, OPTIONS";
  private static final String PREFIX = "/health/";
  private static final Access ANYBODY =
      new Access.Open("A supervisor has no login, and learns no more than up or not.");

  private final BooleanSupplier ready;

  /**
   * @param ready whether the runtime's start has ended
   */
  HealthAnswers(BooleanSupplier ready) {
    this.ready = ready;
  }

  /** The routes that the front door answers itself. */
  static List<Route> routes() {
    return List.of(
        new Route("GET", "/health/live", ANYBODY, "Says whether the process serves requests."),
        new Route(
            "GET", "/health/ready", ANYBODY, "Says whether the start of the runtime has ended."));
  }

  /** The answer; empty when the path is none of these. */
  Optional<WebResponse> answer(String method, String path) {
    if (!path.startsWith(PREFIX)) {
      return Optional.empty();
    }
    boolean up;
    switch (path) {
      case "/health/live" -> up = true;
      case "/health/ready" -> up = ready.getAsBoolean();
      default -> {
        return Optional.of(Problem.notFound(path).response());
      }
    }
    return Optional.of(
        switch (method) {
          case "GET", "HEAD" ->
              WebResponse.of(
                  up ? 200 : 503,
                  "application/json",
                  up ? "{\"status\":\"UP\"}" : "{\"status\":\"DOWN\"}");
          case "OPTIONS" -> WebResponse.empty(204).header("Allow", ALLOW);
          default -> Problem.methodNotAllowed(method, ALLOW).response().header("Allow", ALLOW);
        });
  }
}
