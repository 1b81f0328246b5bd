package org.ladang.shard.provider;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.ladang.shard.Table;

/** Keeps the SQL of each declared table, so that it is put together once. */
final class H2Tables {
  private record Known(Table table, H2Statements sql) {}

  private final Map<String, Known> known = new ConcurrentHashMap<>();

  H2Statements sql(Table table) {
    Known found = known.get(table.name());
    if (found == null || found.table() != table) {
      found = new Known(table, new H2Statements(table));
      known.put(table.name(), found);
    }
    return found.sql();
  }
}
