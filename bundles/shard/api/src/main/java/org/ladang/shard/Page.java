package org.ladang.shard;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * One page of a scan.
 *
 * @param rows in the order of owner and id
 * @param next the cursor of the next page; empty when there is none. Opaque; stays good across restarts and while rows
 *     come and go
 */
public record Page(List<Row> rows, Optional<String> next) {

  public Page {
    rows = List.copyOf(rows);
    Objects.requireNonNull(next, "next");
  }
}
