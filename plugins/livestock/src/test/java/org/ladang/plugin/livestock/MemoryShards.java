package org.ladang.plugin.livestock;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.ladang.kernel.LadangException;
import org.ladang.shard.Expect;
import org.ladang.shard.Group;
import org.ladang.shard.Page;
import org.ladang.shard.Row;
import org.ladang.shard.Scan;
import org.ladang.shard.ShardCluster;
import org.ladang.shard.ShardInfo;
import org.ladang.shard.Table;
import org.ladang.shard.Write;
import org.ladang.shard.WriteOutcome;

/** Shards in memory, as far as the plugin asks for them; the real ones are in the integration tests. */
final class MemoryShards implements ShardCluster {
  private final Map<String, TreeMap<String, Row>> tables = new TreeMap<>();
  private long version;

  @Override
  public synchronized Table declare(Table table) {
    tables.computeIfAbsent(table.name(), t -> new TreeMap<>());
    return table;
  }

  @Override
  public synchronized WriteOutcome.Written put(
      String table, String owner, String id, Map<String, Object> fields, Expect expect) {
    Row there = tables.get(table).get(id);
    boolean fits =
        expect instanceof Expect.Any
            || expect instanceof Expect.Absent && there == null
            || expect instanceof Expect.At at && there != null && there.version() == at.version();
    if (!fits) {
      throw new LadangException("LADANG-SHARD-001", "Not as expected.");
    }
    tables.get(table).put(id, new Row(owner, id, ++version, fields));
    return new WriteOutcome.Written(owner, id, version, List.of());
  }

  @Override
  public synchronized Optional<Row> get(String table, String owner, String id) {
    return Optional.ofNullable(tables.get(table).get(id));
  }

  @Override
  public synchronized WriteOutcome.Deleted delete(
      String table, String owner, String id, Expect expect) {
    return new WriteOutcome.Deleted(owner, id, tables.get(table).remove(id) != null, List.of());
  }

  @Override
  public List<WriteOutcome> batch(List<Write> writes) {
    List<WriteOutcome> outcomes = new ArrayList<>();
    for (Write write : writes) {
      Write.Put put = (Write.Put) write;
      try {
        outcomes.add(put(put.table(), put.owner(), put.id(), put.fields(), put.expect()));
      } catch (LadangException e) {
        outcomes.add(new WriteOutcome.Refused(put.owner(), put.id(), e.code(), e.getMessage()));
      }
    }
    return outcomes;
  }

  @Override
  public synchronized Page scan(Scan scan) {
    List<Row> rows =
        tables.get(scan.table()).tailMap(scan.cursor().orElse(""), false).values().stream()
            .limit(scan.limit())
            .toList();
    return new Page(
        rows,
        rows.size() < scan.limit()
            ? Optional.empty()
            : Optional.of(rows.get(rows.size() - 1).id()));
  }

  @Override
  public List<Table> tables() {
    throw new UnsupportedOperationException();
  }

  @Override
  public Optional<Row> get(String table, String id) {
    throw new UnsupportedOperationException();
  }

  @Override
  public String newId(String owner) {
    throw new UnsupportedOperationException();
  }

  @Override
  public long count(String table) {
    throw new UnsupportedOperationException();
  }

  @Override
  public long count(String table, String owner) {
    throw new UnsupportedOperationException();
  }

  @Override
  public List<Group> countBy(String table, String field) {
    throw new UnsupportedOperationException();
  }

  @Override
  public int bucket(String owner) {
    throw new UnsupportedOperationException();
  }

  @Override
  public List<ShardInfo> shards() {
    throw new UnsupportedOperationException();
  }
}
