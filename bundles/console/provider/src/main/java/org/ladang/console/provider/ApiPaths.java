package org.ladang.console.provider;

import org.ladang.kernel.action.ActionInfo;

/** The addresses of REST. */
final class ApiPaths {
  static final String API = "/api/v1";
  static final String ACTIONS = API + "/actions";
  static final String ACTION = ACTIONS + "/{owner}/{action}";
  static final String PLUGINS = API + "/plugins";
  static final String PLUGIN = PLUGINS + "/{name}";
  static final String SHARDS = API + "/shards";
  static final String SESSION = API + "/session";
  static final String FIRST_START = API + "/first-start";
  static final String OPENAPI = API + "/openapi.json";

  private ApiPaths() {}

  /** Where an action is called. */
  static String action(ActionInfo action) {
    return ACTIONS + "/" + action.owner() + "/" + action.name();
  }
}
