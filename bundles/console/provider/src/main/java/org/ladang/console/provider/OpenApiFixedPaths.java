package org.ladang.console.provider;

import static org.ladang.console.provider.OpenApi.object;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The paths of an OpenAPI document that are no actions: signing in, and the short ways to what is asked most. */
final class OpenApiFixedPaths {
  private static final Map<String, Object> TEXT = Map.of("type", "string");
  private static final Map<String, Object> ANYTHING = Map.of();

  private OpenApiFixedPaths() {}

  static Map<String, Object> all() {
    Map<String, Object> paths = new LinkedHashMap<>();
    paths.put(
        ApiPaths.FIRST_START,
        Map.of(
            "post",
            open(
                "first_start",
                "Makes the first user with the one-time token.",
                body("token", "user", "password"))));
    Map<String, Object> session = new LinkedHashMap<>();
    session.put("get", read("session", "Says who is signed in."));
    session.put(
        "post", open("sign_in", "Signs in with name and password.", body("user", "password")));
    session.put(
        "delete",
        object(
            "operationId", "sign_out",
            "summary", "Signs out.",
            "responses", Map.of("204", Map.of("description", "Signed out."), "401", problem(401))));
    paths.put(ApiPaths.SESSION, session);
    paths.put(
        ApiPaths.ACTIONS, Map.of("get", read("actions", "Lists the actions that you may call.")));
    paths.put(ApiPaths.PLUGINS, Map.of("get", read("plugins", "Lists the plugins.")));
    Map<String, Object> plugin = read("plugin", "Tells all about one plugin.");
    plugin.put(
        "parameters",
        List.of(object("name", "name", "in", "path", "required", true, "schema", TEXT)));
    paths.put(ApiPaths.PLUGIN, Map.of("get", plugin));
    paths.put(ApiPaths.SHARDS, Map.of("get", read("shards", "Says how the shards are.")));
    paths.put(PagePaths.UPLOAD, Map.of("post", upload()));
    return paths;
  }

  private static Map<String, Object> upload() {
    return object(
        "operationId", "upload",
        "summary", "Drops a jar into the inbox; the body is the jar.",
        "parameters",
            List.of(object("name", "file", "in", "path", "required", true, "schema", TEXT)),
        "requestBody",
            object(
                "required",
                true,
                "content",
                Map.of(
                    "application/java-archive",
                    Map.of("schema", Map.of("type", "string", "format", "binary")))),
        "responses", answers("200"));
  }

  private static Map<String, Object> read(String id, String summary) {
    return object("operationId", id, "summary", summary, "responses", answers("200"));
  }

  private static Map<String, Object> open(String id, String summary, Map<String, Object> body) {
    return object(
        "operationId", id,
        "summary", summary,
        "security", List.of(),
        "requestBody", body,
        "responses", answers("201"));
  }

  private static Map<String, Object> answers(String good) {
    Map<String, Object> answers = new LinkedHashMap<>();
    answers.put(
        good,
        object(
            "description",
            "Done.",
            "content",
            Map.of("application/json", Map.of("schema", ANYTHING))));
    answers.put("400", problem(400));
    answers.put("401", problem(401));
    answers.put("503", problem(503));
    return answers;
  }

  private static Map<String, Object> problem(int status) {
    return Map.of("$ref", "#/components/responses/Problem" + status);
  }

  private static Map<String, Object> body(String... members) {
    Map<String, Object> properties = new LinkedHashMap<>();
    for (String member : members) {
      properties.put(member, TEXT);
    }
    Map<String, Object> schema =
        object("type", "object", "required", List.of(members), "properties", properties);
    return object(
        "required", true, "content", Map.of("application/json", Map.of("schema", schema)));
  }
}
