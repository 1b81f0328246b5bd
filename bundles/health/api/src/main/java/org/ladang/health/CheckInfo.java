package org.ladang.health;

import java.util.List;

/**
 * A check.
 *
 * @param name its name; the component's where the author gave none
 * @param tags what it can be asked for by
 * @param owner the symbolic name of the bundle that brought it
 */
public record CheckInfo(String name, List<String> tags, String owner) {
  public CheckInfo {
    tags = List.copyOf(tags);
  }
}
