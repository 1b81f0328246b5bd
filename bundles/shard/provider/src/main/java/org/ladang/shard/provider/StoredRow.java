package org.ladang.shard.provider;

import java.time.Duration;
import org.ladang.shard.Row;
import org.ladang.shard.Table;

/** A row as an engine reads it. */
record StoredRow(String owner, String id, long version, Content content) {

  Row row(Table table, Duration behind) {
    return new Row(owner, id, version, Documents.join(table, content), behind);
  }
}
