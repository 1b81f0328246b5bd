package org.ladang.shell.provider;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ladang.kernel.action.ActionCatalog;
import org.ladang.kernel.action.ActionInfo;
import org.ladang.kernel.action.Effect;
import org.ladang.kernel.action.Role;

/** Three actions to try the shell on. */
final class Bots implements ActionCatalog {
  static final ActionInfo CREATE =
      action(
          "create_bot",
          "Creates a bot.",
          Role.OPERATOR,
          Effect.CHANGE,
          map(
              "id", map("type", "string", "description", "Names it."),
              "category", map("type", "string", "enum", List.of("AI_ML", "SECURITY")),
              "weight", map("type", "integer", "format", "int32"),
              "tags", map("type", "array", "items", Map.of("type", "string")),
              "options", map("type", "object", "additionalProperties", Map.of()),
              "dryRun", map("type", "boolean"),
              "extra", Map.of()));

  static final ActionInfo LIST = action("list", "Lists bots.", Role.VIEWER, Effect.READ, Map.of());
  static final ActionInfo WIPE =
      action("wipe", "Removes all bots.", Role.ADMIN, Effect.DANGER, Map.of());

  @Override
  public List<ActionInfo> actions() {
    return List.of(CREATE, LIST, WIPE);
  }

  @Override
  public Optional<ActionInfo> find(String id) {
    return actions().stream().filter(action -> action.id().equals(id)).findFirst();
  }

  @Override
  public long revision() {
    return 1;
  }

  /** A map that keeps the order. */
  static Map<String, Object> map(Object... pairs) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      map.put((String) pairs[i], pairs[i + 1]);
    }
    return map;
  }

  private static ActionInfo action(
      String name, String description, Role role, Effect effect, Map<String, Object> properties) {
    Map<String, Object> schema =
        map(
            "type",
            "object",
            "properties",
            properties,
            "required",
            properties.isEmpty() ? List.of() : List.of("id"));
    return new ActionInfo(
        "bots",
        name,
        description,
        role,
        effect,
        false,
        Duration.ofSeconds(10),
        "bots",
        schema,
        Map.of(),
        "bots");
  }
}
