package org.ladang.shard.provider;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ladang.kernel.Events;
import org.ladang.kernel.LadangException;
import org.ladang.shard.Table;

/**
 * Takes the rows of a home whose data lie in one database, as they did before there were ten shards, into the shards,
 * with their versions. The old folder is renamed when all of it is safe; cut off before, it begins anew.
 */
final class Migration {
  private static final int PAGE = 500;

  private final Path old;
  private final Events events;

  /**
   * @param folder where the shards lie; the old database lies beside it
   */
  Migration(Path folder, Events events) {
    this.old = folder.resolveSibling("shard");
    this.events = events;
  }

  boolean due() {
    return Files.exists(H2ShardEngine.file(old.resolve("shard-0")));
  }

  void run(OpenCluster open) {
    try {
      long rows = 0;
      H2ShardEngine engine =
          H2ShardEngine.open(
              old.resolve("shard-0"),
              Optional.empty(),
              new H2ShardEngine.Settings(2, 8_192),
              () -> 0,
              Steps.NONE);
      try {
        for (Table table : engine.tables().values()) {
          Table declared = open.declare(table);
          rows += copy(engine, table, declared, open);
        }
      } finally {
        engine.close();
      }
      for (Shard shard : open.shards()) {
        shard.syncWhenWritten();
      }
      Files.move(old, old.resolveSibling("shard.migrated"), StandardCopyOption.ATOMIC_MOVE);
      events.info(
          "shard.migrated",
          "shard-0",
          rows
              + " rows of the one database of before are in the shards; it lies in data/shard.migrated.");
    } catch (SQLException | IOException e) {
      throw failed(e);
    }
  }

  private static LadangException failed(Exception e) {
    return new LadangException(
            "LADANG-SHARD-021",
            "The data of before, in data/shard, could not be taken into the shards: "
                + e.getMessage()
                + ".",
            e)
        .next(
            "Nothing is lost: see that data/shard can be read and data/shards be written, and it is tried again.");
  }

  private static long copy(H2ShardEngine from, Table table, Table declared, OpenCluster open)
      throws SQLException {
    long rows = 0;
    Optional<Cursor> after = Optional.empty();
    boolean more = true;
    while (more) {
      ShardEngine.Rows page = from.scan(table, new Range(Optional.empty(), Map.of(), after, PAGE));
      Map<Shard, List<RowState>> groups = new HashMap<>();
      for (StoredRow row : page.rows()) {
        RowState state = RowState.of(declared, again(table, declared, row));
        groups
            .computeIfAbsent(open.home(open.map(), state.bucket()), s -> new ArrayList<>())
            .add(state);
        after = Optional.of(new Cursor(row.owner(), row.id()));
      }
      groups.forEach(Shard::take);
      rows += page.rows().size();
      more = page.more();
    }
    return rows;
  }

  /** The row with its columns in the order of the present declaration. */
  private static StoredRow again(Table table, Table declared, StoredRow row) {
    if (table.fields().equals(declared.fields())) {
      return row;
    }
    Content content =
        Documents.split(declared, row.owner(), row.id(), Documents.join(table, row.content()));
    return new StoredRow(row.owner(), row.id(), row.version(), content);
  }
}
