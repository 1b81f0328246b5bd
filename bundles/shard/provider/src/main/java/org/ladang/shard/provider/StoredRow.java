package org.ladang.shard.provider;

import java.time.Duration;
import java.util.OptionalInt;
import org.ladang.shard.Row;
import org.ladang.shard.Table;

/**
 * A row as an engine reads it.
 *
 * @param sum its {@link RowSum} as it was stored; empty where the engine has none
 */
record StoredRow(String owner, String id, long version, Content content, OptionalInt sum) {

  StoredRow(String owner, String id, long version, Content content) {
    this(owner, id, version, content, OptionalInt.empty());
  }

  Row row(Table table, Duration behind) {
    return new Row(owner, id, version, Documents.join(table, content), behind);
  }

  /** Whether it is as it was written, as far as can be told. */
  boolean sound(Table table) {
    return sum.isEmpty() || sum.getAsInt() == RowSum.of(table, owner, id, version, content);
  }
}
