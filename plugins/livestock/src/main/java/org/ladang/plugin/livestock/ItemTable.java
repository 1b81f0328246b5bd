package org.ladang.plugin.livestock;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ladang.kernel.LadangException;
import org.ladang.shard.Expect;
import org.ladang.shard.Field;
import org.ladang.shard.FieldType;
import org.ladang.shard.Page;
import org.ladang.shard.Row;
import org.ladang.shard.Scan;
import org.ladang.shard.ShardCluster;
import org.ladang.shard.Table;
import org.ladang.shard.Write;
import org.ladang.shard.WriteOutcome;

/** The items in the shards. Each is the owner of its own row, so that no two sales wait for each other. */
final class ItemTable {
  private static final String NAME = "livestock";
  private static final Table TABLE =
      Table.of(
          NAME,
          Field.of("name", FieldType.STRING),
          Field.of("price", FieldType.DECIMAL),
          Field.of("stock", FieldType.LONG));
  private static final String CONFLICT = "LADANG-SHARD-001";
  private static final int ATTEMPTS = 50;

  private final ShardCluster shards;
  private volatile boolean declared;
  private volatile List<String> codes = List.of();

  ItemTable(ShardCluster shards) {
    this.shards = shards;
  }

  /** What becomes of an item that is there. */
  interface Change {
    Item apply(Item item);
  }

  Optional<Item> find(String code) {
    return shards().get(NAME, code, code).map(ItemTable::item);
  }

  Item item(String code) {
    return find(code).orElseThrow(() -> Refusals.noItem(code));
  }

  /** Reads, changes and writes; again when somebody else wrote in between, so that nothing is sold twice. */
  Item change(String code, Change change) {
    for (int attempt = 1; ; attempt++) {
      Item before = item(code);
      Item after = change.apply(before);
      try {
        long version =
            shards()
                .put(NAME, code, code, fields(after), Expect.version(before.version()))
                .version();
        return new Item(code, after.name(), after.price(), after.stock(), version);
      } catch (LadangException e) {
        if (attempt == ATTEMPTS || !e.code().equals(CONFLICT)) {
          throw e;
        }
      }
    }
  }

  /** Adds those that are not there; returns how many that were. */
  long add(List<Item> items) {
    List<Write> writes = new ArrayList<>();
    items.forEach(
        i -> writes.add(new Write.Put(NAME, i.code(), i.code(), fields(i), Expect.absent())));
    long added = 0;
    for (WriteOutcome outcome : shards().batch(writes)) {
      if (outcome instanceof WriteOutcome.Written) {
        added++;
      } else if (outcome instanceof WriteOutcome.Refused refused
          && !refused.code().equals(CONFLICT)) {
        throw new LadangException(refused.code(), refused.sentence());
      }
    }
    codes = List.of();
    return added;
  }

  /** All codes, in their order. */
  List<String> codes() {
    List<String> known = codes;
    if (known.isEmpty()) {
      known = read();
      codes = known;
    }
    return known;
  }

  private List<String> read() {
    List<String> found = new ArrayList<>();
    Optional<String> cursor = Optional.empty();
    do {
      Page page = shards().scan(Scan.of(NAME).limit(Scan.MAX_LIMIT).after(cursor));
      page.rows().forEach(row -> found.add(row.id()));
      cursor = page.next();
    } while (cursor.isPresent());
    return List.copyOf(found);
  }

  /** A part of the items, in the order of their codes. */
  List<Item> items(int from, int limit) {
    return codes().stream()
        .skip(from)
        .limit(limit)
        .map(this::find)
        .flatMap(Optional::stream)
        .toList();
  }

  private static Item item(Row row) {
    return new Item(
        row.id(),
        row.string("name").orElse(row.id()),
        row.decimal("price").orElse(BigDecimal.ZERO),
        row.decimal("stock").orElse(BigDecimal.ZERO).intValue(),
        row.version());
  }

  private static Map<String, Object> fields(Item item) {
    return Map.of("name", item.name(), "price", item.price(), "stock", item.stock());
  }

  private ShardCluster shards() {
    if (!declared) {
      shards.declare(TABLE);
      declared = true;
    }
    return shards;
  }
}
