package org.ladang.console.provider;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ladang.kernel.action.ActionInfo;

/** The actions that somebody may call, as JSON-shaped values. */
final class CatalogueView {
  private CatalogueView() {}

  static List<Map<String, Object>> of(List<ActionInfo> actions) {
    return actions.stream().map(CatalogueView::entry).toList();
  }

  private static Map<String, Object> entry(ActionInfo action) {
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("id", action.id());
    entry.put("owner", action.owner());
    entry.put("name", action.name());
    entry.put("description", action.description());
    entry.put("role", action.role().name());
    entry.put("effect", action.effect().name());
    entry.put("idempotent", action.idempotent());
    entry.put("timeout", action.timeout().toString());
    entry.put("category", action.category());
    entry.put("path", ApiPaths.action(action));
    entry.put("arguments", action.arguments());
    entry.put("result", action.result());
    entry.put("provider", action.provider());
    return entry;
  }
}
