package org.ladang.console.provider;

/** The addresses of the pages. */
final class PagePaths {
  static final String SIGN_IN = "/sign-in";
  static final String OVERVIEW = "/console";
  static final String PLUGINS = OVERVIEW + "/plugins";
  static final String PLUGIN = PLUGINS + "/{name}";
  static final String DEPLOY = OVERVIEW + "/deploy";
  static final String SHARDS = OVERVIEW + "/shards";
  static final String RESILIENCE = OVERVIEW + "/resilience";
  static final String CONFIG = OVERVIEW + "/config";
  static final String CONFIGURATION = CONFIG + "/{pid}";
  static final String EVENTS = OVERVIEW + "/events";
  static final String SECURITY = OVERVIEW + "/security";
  static final String ACTIONS = OVERVIEW + "/actions";
  static final String ACTION = ACTIONS + "/{owner}/{action}";
  static final String STATIC = OVERVIEW + "/static/{version}/{file}";
  static final String LIVE = OVERVIEW + "/live";
  static final String UPLOAD = ApiPaths.API + "/upload/{file}";

  private PagePaths() {}
}
