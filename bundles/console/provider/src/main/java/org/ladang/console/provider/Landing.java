package org.ladang.console.provider;

import java.util.LinkedHashMap;
import java.util.Map;
import org.ladang.console.WebRequest;
import org.ladang.console.WebResponse;

/** What stands at {@code /} and {@code /api/v1}: where to go from here, for anybody. */
final class Landing {
  private Landing() {}

  static WebResponse root(WebRequest request) {
    return Accepts.page(request)
        ? WebResponse.empty(303).header("Location", PagePaths.OVERVIEW)
        : links();
  }

  static WebResponse links() {
    Map<String, Object> links = new LinkedHashMap<>();
    links.put("actions", "/api/v1/actions");
    links.put("plugins", "/api/v1/plugins");
    links.put("shards", "/api/v1/shards");
    links.put("openapi", "/api/v1/openapi.json");
    links.put("session", "/api/v1/session");
    links.put("firstStart", "/api/v1/first-start");
    links.put("console", PagePaths.OVERVIEW);
    links.put("webConsole", "/system/console");
    links.put("live", "/health/live");
    links.put("ready", "/health/ready");
    return WebResponse.of(
        200, "application/json", Json.write(Map.of("name", "Ladang", "links", links)));
  }
}
