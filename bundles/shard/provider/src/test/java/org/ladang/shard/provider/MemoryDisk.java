package org.ladang.shard.provider;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import org.h2.api.ErrorCode;
import org.ladang.shard.Field;
import org.ladang.shard.Group;
import org.ladang.shard.Table;
import org.ladang.shard.WriteOutcome;

/** Files of shards that exist in memory and outlive the engines on them: what was committed stays, all else goes. */
final class MemoryDisk implements EngineSource {
  /** One copy's file. */
  static final class File {
    String identity = "";
    final Map<String, Table> tables = new TreeMap<>();
    final Map<String, TreeMap<String, StoredRow>> rows = new HashMap<>();
    final TreeMap<Long, OutboxEntry> outbox = new TreeMap<>();
    final Map<String, String> notes = new HashMap<>();
    Map<Integer, Long> owned = Map.of();
    long applied;

    /** While it is not, every access fails. */
    boolean reachable = true;

    StoredRow row(String table, String owner, String id) {
      return rows.getOrDefault(table, new TreeMap<>()).get(owner + "/" + id);
    }
  }

  private final Map<Path, File> files = new HashMap<>();

  /** The file of that path; empty when it was never made. */
  Optional<File> file(Path base) {
    return Optional.ofNullable(files.get(base));
  }

  @Override
  public void copy(Path from, Path base, Steps steps) {
    // The caller fills what was not copied.
  }

  @Override
  public ShardEngine open(
      Path base,
      Optional<String> make,
      H2ShardEngine.Settings settings,
      LongSupplier fresh,
      Steps steps)
      throws SQLException {
    File file = files.get(base);
    if (file == null) {
      if (make.isEmpty()) {
        throw failure(ErrorCode.DATABASE_NOT_FOUND_WITH_IF_EXISTS_1);
      }
      file = new File();
      file.identity = make.get();
      files.put(base, file);
    }
    reach(file);
    return new Engine(file, fresh, steps, base.getParent().getFileName().toString());
  }

  private static void reach(File file) throws SQLException {
    if (!file.reachable) {
      throw failure(ErrorCode.IO_EXCEPTION_1);
    }
  }

  private static SQLException failure(int code) {
    return new SQLException("simulated", "HY000", code);
  }

  private static final class Engine implements ShardEngine {
    private final File file;
    private final LongSupplier fresh;
    private final Steps steps;
    private final String shard;

    Engine(File file, LongSupplier fresh, Steps steps, String shard) {
      this.file = file;
      this.fresh = fresh;
      this.steps = steps;
      this.shard = shard;
    }

    @Override
    public String identity() {
      return file.identity;
    }

    @Override
    public Map<String, Table> tables() throws SQLException {
      reach(file);
      return Map.copyOf(file.tables);
    }

    @Override
    public void probe(Table wanted, Optional<Table> before) throws SQLException {
      reach(file);
    }

    @Override
    public void declare(Table wanted, Optional<Table> before) throws SQLException {
      reach(file);
      file.tables.put(wanted.name(), wanted);
    }

    @Override
    public Committed write(List<Change> changes, WriteTerms terms) throws SQLException {
      reach(file);
      steps.reached(Step.WRITE, shard);
      for (Change change : changes) {
        Long epoch = file.owned.get(change.bucket());
        if (epoch == null || epoch != terms.map().epoch(change.bucket())) {
          throw new StaleRoute(change.bucket());
        }
      }
      steps.reached(Step.BUCKETS_LOCKED, shard);
      WritePlan plan = new WritePlan(changes, fresh);
      for (WritePlan.Slot slot : plan.slots()) {
        StoredRow there = file.row(slot.table.name(), slot.owner, slot.id);
        slot.found(there == null ? OptionalLong.empty() : OptionalLong.of(there.version()));
      }
      List<WriteOutcome> outcomes = plan.decide();
      List<RowState> rows = new ArrayList<>();
      for (WritePlan.Slot slot : plan.slots()) {
        if (slot.last().isEmpty() || !slot.existed() && slot.version().isEmpty()) {
          continue;
        }
        Change change = slot.last().get();
        rows.add(
            slot.version().isEmpty()
                ? RowState.gone(slot.table, slot.owner, slot.id, change.bucket())
                : new RowState(
                    slot.table,
                    slot.owner,
                    slot.id,
                    change.bucket(),
                    slot.version().getAsLong(),
                    change.content(),
                    !slot.existed()));
      }
      steps.reached(Step.ROWS_STORED, shard);
      // The disk may go at any step: then nothing is committed.
      reach(file);
      long last = terms.last();
      if (!rows.isEmpty()) {
        rows.forEach(this::put);
        if (terms.outbox()) {
          for (RowState row : rows) {
            last++;
            OutboxEntry entry =
                new OutboxEntry(
                    last,
                    row.bucket(),
                    row.table().name(),
                    row.owner(),
                    row.id(),
                    row.version(),
                    terms.at());
            if (file.outbox.put(last, entry) != null) {
              throw failure(ErrorCode.DUPLICATE_KEY_1);
            }
          }
          file.outbox.headMap(terms.trim(), true).clear();
        }
        steps.reached(Step.WRITE_COMMITTED, shard);
      }
      return new Committed(outcomes, rows, last);
    }

    private void put(RowState row) {
      TreeMap<String, StoredRow> table =
          file.rows.computeIfAbsent(row.table().name(), t -> new TreeMap<>());
      String key = row.owner() + "/" + row.id();
      if (row.content().isEmpty()) {
        table.remove(key);
      } else {
        table.put(key, new StoredRow(row.owner(), row.id(), row.version(), row.content().get()));
      }
    }

    @Override
    public Optional<StoredRow> get(Table table, String owner, String id) throws SQLException {
      reach(file);
      return Optional.ofNullable(file.row(table.name(), owner, id));
    }

    @Override
    public Optional<StoredRow> find(Table table, int bucket, String id) {
      throw new UnsupportedOperationException("Nobody asks for it");
    }

    @Override
    public Rows scan(Table table, Range range) throws SQLException {
      reach(file);
      return new Rows(
          List.copyOf(file.rows.getOrDefault(table.name(), new TreeMap<>()).values()), false);
    }

    @Override
    public long count(Table table, Optional<String> owner) throws SQLException {
      reach(file);
      return file.rows.getOrDefault(table.name(), new TreeMap<>()).size();
    }

    @Override
    public List<Group> countBy(Table table, Field field, int max) {
      throw new UnsupportedOperationException("Nobody asks for it");
    }

    @Override
    public void apply(List<RowState> rows, long upTo) throws SQLException {
      reach(file);
      steps.reached(Step.REPLICA_STORED, shard);
      reach(file);
      rows.forEach(this::put);
      file.applied = upTo;
      steps.reached(Step.REPLICA_COMMITTED, shard);
    }

    @Override
    public long applied() throws SQLException {
      reach(file);
      return file.applied;
    }

    @Override
    public long lastEntry() throws SQLException {
      reach(file);
      return file.outbox.isEmpty() ? 0 : file.outbox.lastKey();
    }

    @Override
    public List<OutboxEntry> entries(long after, int limit) throws SQLException {
      reach(file);
      return file.outbox.tailMap(after, false).values().stream().limit(limit).toList();
    }

    @Override
    public void continueAfter(long number) throws SQLException {
      reach(file);
      file.outbox.put(number, new OutboxEntry(number, 0, "", "", "", 0, 0));
    }

    @Override
    public Map<Integer, Long> owned() throws SQLException {
      reach(file);
      return file.owned;
    }

    @Override
    public void own(Map<Integer, Long> epochs) throws SQLException {
      reach(file);
      if (file.owned.isEmpty()) {
        file.owned = epochs;
      } else {
        Map<Integer, Long> more = new HashMap<>(file.owned);
        more.putAll(epochs);
        file.owned = more;
      }
    }

    @Override
    public void disown(int bucket) throws SQLException {
      reach(file);
      Map<Integer, Long> less = new HashMap<>(file.owned);
      less.remove(bucket);
      file.owned = less;
    }

    @Override
    public Optional<String> note(String key) throws SQLException {
      reach(file);
      return Optional.ofNullable(file.notes.get(key));
    }

    @Override
    public void note(String key, String value) throws SQLException {
      reach(file);
      file.notes.put(key, value);
    }

    @Override
    public Snapshot snapshot() {
      throw new UnsupportedOperationException("Nobody asks for it");
    }

    @Override
    public long bytes() {
      return 0;
    }

    @Override
    public void sync() throws SQLException {
      reach(file);
    }

    @Override
    public void close() {
      // All that was committed is on the disk.
    }

    @Override
    public void abandon() {
      // As close.
    }
  }
}
