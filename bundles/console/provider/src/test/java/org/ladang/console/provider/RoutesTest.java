package org.ladang.console.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.ladang.console.Access;
import org.ladang.console.Route;
import org.ladang.console.WebResponse;
import org.ladang.kernel.action.ActionInfo;
import org.ladang.kernel.action.Role;

class RoutesTest {
  private final FakeRuntime runtime = new FakeRuntime();

  @Test
  void everyRouteButTheListedOnesNeedsARole() {
    assertThat(
            runtime.api.routes().stream()
                .filter(r -> r.access() instanceof Access.Open)
                .map(r -> r.method() + " " + r.path()))
        .containsExactlyInAnyOrder(
            "GET /",
            "GET /sign-in",
            "GET /console/static/{version}/{file}",
            "GET /api",
            "GET /api/v1",
            "POST /api/v1/first-start",
            "POST /api/v1/session");
  }

  @Test
  void everyRouteThatNeedsARoleRefusesNobody() {
    for (Route route : runtime.api.routes()) {
      if (route.access() instanceof Access.Needs) {
        assertThat(runtime.ask(route.method(), route.path(), "", "").status())
            .as(route.toString())
            .isEqualTo(401);
      }
    }
    assertThat(runtime.called).isEmpty();
  }

  @Test
  void everyActionIsARouteWithItsRole() {
    for (ActionInfo action : runtime.catalog.actions()) {
      assertThat(runtime.api.routes())
          .as(action.id())
          .contains(
              new Route(
                  "POST",
                  ApiPaths.action(action),
                  new Access.Needs(action.role()),
                  action.description()));
    }
  }

  @Test
  void whatChangesIsNoRouteForGet() {
    assertThat(runtime.api.routes())
        .noneMatch(r -> r.method().equals("GET") && r.path().endsWith("create_bot"));
  }

  @Test
  void theRoomsOwnActionShowsThem() {
    assertThat(new ConsoleActions(runtime.api).routes())
        .hasSameSizeAs(runtime.api.routes())
        .anyMatch(r -> r.path().endsWith("create_bot") && r.access().equals("OPERATOR"))
        .anyMatch(r -> r.path().equals("/") && r.access().equals("open"));
  }

  @Test
  void theRootSaysWhereToGo() {
    assertThat(runtime.ask("GET", "/", "", "").text()).contains("/api/v1/openapi.json");
    WebResponse people = runtime.ask("GET", "/", "", "", "accept", "text/html");
    assertThat(people.status()).isEqualTo(303);
    assertThat(people.headers()).containsEntry("Location", List.of("/console"));
  }

  @Test
  void openApiHasOnePathForEachActionThatTheRoleMayCall() throws Exception {
    Map<?, ?> document =
        (Map<?, ?>) Json.value(runtime.ask("GET", "/api/v1/openapi.json", "operator", "").text());
    Map<?, ?> paths = (Map<?, ?>) document.get("paths");
    assertThat(document.get("openapi")).isEqualTo("3.1.0");
    for (ActionInfo action : runtime.catalog.actions()) {
      assertThat(paths.containsKey(ApiPaths.action(action)))
          .as(action.id())
          .isEqualTo(Role.OPERATOR.includes(action.role()));
    }
  }

  @Test
  void everyReferenceOfOpenApiLeadsSomewhereAndEveryOperationHasItsOwnName() {
    Map<String, Object> document = new OpenApi(runtime.catalog, "0.1.0").document(Role.ADMIN);
    List<String> references = new ArrayList<>();
    List<String> names = new ArrayList<>();
    walk(document, references, names);
    assertThat(references).isNotEmpty();
    for (String reference : references) {
      Object at = document;
      for (String step : reference.substring(2).split("/")) {
        at = ((Map<?, ?>) at).get(step);
        assertThat(at).as(reference).isNotNull();
      }
    }
    assertThat(names).hasSizeGreaterThan(8).doesNotHaveDuplicates();
  }

  @Test
  void everyFixedRouteThatOpenApiLacksIsKnownToLackIt() {
    Map<String, Object> paths = OpenApiFixedPaths.all();
    assertThat(
            runtime.api.routes().stream()
                .map(Route::path)
                .filter(p -> !p.startsWith("/api/v1/actions/"))
                .filter(p -> !p.startsWith("/console") && !p.equals("/sign-in"))
                .filter(p -> !paths.containsKey(p))
                .distinct())
        .containsExactlyInAnyOrder("/", "/api", "/api/v1", "/api/v1/openapi.json");
  }

  private static void walk(Object node, List<String> references, List<String> names) {
    if (node instanceof Map<?, ?> map) {
      map.forEach(
          (key, value) -> {
            if (key.equals("$ref")) {
              references.add((String) value);
            } else if (key.equals("operationId")) {
              names.add((String) value);
            }
            walk(value, references, names);
          });
    } else if (node instanceof List<?> list) {
      list.forEach(each -> walk(each, references, names));
    }
  }
}
