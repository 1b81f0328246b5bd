package org.ladang.console;

import java.util.Objects;

/**
 * One thing that can be asked over the web. The list of routes is what tests walk, so that none is without a role.
 *
 * @param method the HTTP method, upper case
 * @param path the path; a part in braces stands for any one segment: {@code /api/v1/plugins/{name}}
 * @param access who may
 * @param description what it does, as a sentence
 */
public record Route(String method, String path, Access access, String description) {
  public Route {
    Objects.requireNonNull(method, "method");
    Objects.requireNonNull(access, "access");
    Objects.requireNonNull(description, "description");
    if (!path.startsWith("/")) {
      throw new IllegalArgumentException("A path begins with a slash, not so: " + path);
    }
  }
}
