package org.ladang.shard.provider;

import java.util.Optional;
import java.util.OptionalInt;
import org.ladang.shard.Table;

/**
 * What a row is to be on a copy.
 *
 * @param version 0 when it is to be gone
 * @param content empty when it is to be gone
 * @param first whether no such row was there before, as far as is known
 * @param sum the {@link RowSum} it came with, also when that is not right any more; empty when it is to get one
 */
record RowState(
    Table table,
    String owner,
    String id,
    int bucket,
    long version,
    Optional<Content> content,
    boolean first,
    OptionalInt sum) {

  RowState(
      Table table,
      String owner,
      String id,
      int bucket,
      long version,
      Optional<Content> content,
      boolean first) {
    this(table, owner, id, bucket, version, content, first, OptionalInt.empty());
  }

  static RowState gone(Table table, String owner, String id, int bucket) {
    return new RowState(table, owner, id, bucket, 0, Optional.empty(), false);
  }

  static RowState of(Table table, StoredRow row) {
    return new RowState(
        table,
        row.owner(),
        row.id(),
        Buckets.of(row.owner()),
        row.version(),
        Optional.of(row.content()),
        false,
        row.sum());
  }
}
