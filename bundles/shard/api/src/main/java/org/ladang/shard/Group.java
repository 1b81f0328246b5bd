package org.ladang.shard;

import java.util.Objects;
import java.util.Optional;

/**
 * Rows that share a value.
 *
 * @param value the value, JSON-shaped; empty for the rows that have none
 * @param rows how many they are
 */
public record Group(Optional<Object> value, long rows) {

  public Group {
    Objects.requireNonNull(value, "value");
  }
}
