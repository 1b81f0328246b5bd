package org.ladang.console.provider;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.ladang.console.WebResponse;
import org.ladang.kernel.action.ActionCatalog;
import org.ladang.kernel.action.ActionInfo;
import org.ladang.kernel.action.Role;

/**
 * The OpenAPI 3.1 document of what a role may call: one path for each action, with the schemas that the actions carry
 * themselves. Written once for each role and revision of the list.
 */
final class OpenApi {
  private final ActionCatalog catalog;
  private final String version;
  private final AtomicReferenceArray<Written> written =
      new AtomicReferenceArray<>(Role.values().length);

  OpenApi(ActionCatalog catalog, String version) {
    this.catalog = catalog;
    this.version = version;
  }

  private record Written(long revision, String text) {}

  WebResponse response(Role role) {
    long revision = catalog.revision();
    Written last = written.get(role.ordinal());
    if (last == null || last.revision() != revision) {
      last = new Written(revision, Json.write(document(role)));
      written.set(role.ordinal(), last);
    }
    return WebResponse.of(200, "application/json", last.text());
  }

  /** The document, JSON-shaped. */
  Map<String, Object> document(Role role) {
    Map<String, Object> paths = new LinkedHashMap<>(OpenApiFixedPaths.all());
    List<ActionInfo> actions =
        catalog.actions().stream().filter(a -> role.includes(a.role())).toList();
    actions.forEach(a -> paths.put(ApiPaths.action(a), OpenApiAction.path(a)));
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("openapi", "3.1.0");
    document.put(
        "info",
        object(
            "title",
            "Ladang",
            "version",
            version,
            "description",
            "All that the role " + role + " may ask of this runtime."));
    document.put("servers", List.of(Map.of("url", "/")));
    document.put("security", List.of(Map.of("token", List.of()), Map.of("session", List.of())));
    document.put("tags", tags(actions));
    document.put("paths", paths);
    document.put("components", components());
    return document;
  }

  private static List<Map<String, Object>> tags(List<ActionInfo> actions) {
    return actions.stream()
        .map(ActionInfo::category)
        .distinct()
        .sorted()
        .map(category -> object("name", category))
        .toList();
  }

  private static Map<String, Object> components() {
    Map<String, Object> text = Map.of("type", "string");
    Map<String, Object> problem =
        object(
            "type",
            "object",
            "description",
            "A refusal (RFC 9457): detail is the sentence, next what to do, code stable.",
            "required",
            List.of("type", "title", "status", "detail", "code"),
            "properties",
            object(
                "type", text,
                "title", text,
                "status", Map.of("type", "integer"),
                "detail", text,
                "code", text,
                "next", text,
                "traceId", text,
                "details", Map.of("type", "object")));
    Map<String, Object> responses = new LinkedHashMap<>();
    for (int status : Arrays.asList(400, 401, 403, 404, 422, 500, 503, 504)) {
      responses.put("Problem" + status, problemResponse(Statuses.title(status) + "."));
    }
    return object(
        "schemas", Map.of("Problem", problem),
        "responses", responses,
        "securitySchemes",
            object(
                "token",
                object("type", "http", "scheme", "bearer", "description", "An API token."),
                "session",
                object(
                    "type",
                    "apiKey",
                    "in",
                    "cookie",
                    "name",
                    SessionCookie.NAME,
                    "description",
                    "A session; changes also need the header " + Csrf.HEADER + ".")));
  }

  private static Map<String, Object> problemResponse(String description) {
    return object(
        "description",
        description,
        "content",
        Map.of(
            "application/problem+json",
            Map.of("schema", Map.of("$ref", "#/components/schemas/Problem"))));
  }

  /** A map of names and values in their order. */
  static Map<String, Object> object(Object... namesAndValues) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      map.put((String) namesAndValues[i], namesAndValues[i + 1]);
    }
    return map;
  }
}
