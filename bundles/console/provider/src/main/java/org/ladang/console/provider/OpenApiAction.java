package org.ladang.console.provider;

import static org.ladang.console.provider.OpenApi.object;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ladang.kernel.action.ActionInfo;
import org.ladang.kernel.action.Effect;

/** One action as a path of an OpenAPI document. */
final class OpenApiAction {
  private OpenApiAction() {}

  static Map<String, Object> path(ActionInfo action) {
    Map<String, Object> path = new LinkedHashMap<>();
    if (action.effect() == Effect.READ) {
      Map<String, Object> get = operation(action, "get_");
      get.put("parameters", parameters(action));
      path.put("get", get);
    }
    Map<String, Object> post = operation(action, "");
    post.put(
        "requestBody",
        object(
            "required", !required(action).isEmpty(),
            "content", json(action.arguments())));
    path.put("post", post);
    return path;
  }

  private static Map<String, Object> operation(ActionInfo action, String prefix) {
    return object(
        "operationId", prefix + action.owner() + "_" + action.name(),
        "summary", action.description(),
        "tags", List.of(action.category()),
        "x-ladang-action", action.id(),
        "x-ladang-role", action.role().name(),
        "x-ladang-effect", action.effect().name(),
        "x-ladang-idempotent", action.idempotent(),
        "x-ladang-timeout", action.timeout().toString(),
        "responses", responses(action));
  }

  private static Map<String, Object> responses(ActionInfo action) {
    Map<String, Object> responses = new LinkedHashMap<>();
    boolean nothing = "null".equals(action.result().get("type"));
    if (!nothing) {
      responses.put(
          "200", object("description", "What the action gave.", "content", json(action.result())));
    }
    if (nothing || action.result().containsKey("anyOf")) {
      responses.put("204", Map.of("description", "Done; there is nothing to show."));
    }
    for (int status : List.of(400, 401, 403, 404, 422, 500, 503, 504)) {
      responses.put("" + status, Map.of("$ref", "#/components/responses/Problem" + status));
    }
    return responses;
  }

  private static List<Map<String, Object>> parameters(ActionInfo action) {
    List<Map<String, Object>> parameters = new ArrayList<>();
    if (action.arguments().get("properties") instanceof Map<?, ?> properties) {
      properties.forEach(
          (name, schema) -> parameters.add(parameter(action, (String) name, (Map<?, ?>) schema)));
    }
    return parameters;
  }

  private static Map<String, Object> parameter(ActionInfo action, String name, Map<?, ?> schema) {
    Map<String, Object> parameter =
        object("name", name, "in", "query", "required", required(action).contains(name));
    if (schema.get("description") instanceof String description) {
      parameter.put("description", description);
    }
    boolean scalar = schema.containsKey("type") && !"object".equals(schema.get("type"));
    if (scalar) {
      parameter.put("schema", schema);
    } else {
      parameter.put("content", json(schema));
    }
    return parameter;
  }

  private static List<?> required(ActionInfo action) {
    return action.arguments().get("required") instanceof List<?> required ? required : List.of();
  }

  private static Map<String, Object> json(Map<?, ?> schema) {
    return Map.of("application/json", Map.of("schema", schema));
  }
}
