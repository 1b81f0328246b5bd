package org.ladang.console.provider;

import java.util.Comparator;
import java.util.List;
import org.ladang.console.Access;
import org.ladang.console.Route;
import org.ladang.console.WebHandler;
import org.ladang.kernel.action.Action;
import org.ladang.kernel.action.ActionSource;
import org.ladang.kernel.action.Role;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** What can be asked of the console room itself. */
@Component(service = ActionSource.class)
public final class ConsoleActions implements ActionSource {
  private final WebHandler handler;

  /** Made by DS. */
  @Activate
  public ConsoleActions(@Reference WebHandler handler) {
    this.handler = handler;
  }

  /**
   * A route, for people.
   *
   * @param method the HTTP method
   * @param path the address
   * @param access the lowest role, or {@code open}
   * @param description what it does
   */
  public record WebRoute(String method, String path, String access, String description) {}

  /** All routes of the REST door, in the order of their addresses. */
  @Action(
      description = "Lists the addresses of the REST door with the role that each needs.",
      role = Role.VIEWER)
  public List<WebRoute> routes() {
    return handler.routes().stream()
        .map(ConsoleActions::shown)
        .sorted(Comparator.comparing(WebRoute::path).thenComparing(WebRoute::method))
        .toList();
  }

  private static WebRoute shown(Route route) {
    String access = route.access() instanceof Access.Needs needs ? needs.role().name() : "open";
    return new WebRoute(route.method(), route.path(), access, route.description());
  }
}
