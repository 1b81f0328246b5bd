package org.ladang.shard.provider;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.ladang.kernel.LadangException;
import org.ladang.shard.Expect;
import org.ladang.shard.Field;
import org.ladang.shard.FieldType;
import org.ladang.shard.Page;
import org.ladang.shard.Row;
import org.ladang.shard.Scan;
import org.ladang.shard.Table;

/**
 * Which row holds a value that may stand in one row only. An entry is an ordinary row of an internal table, at home where
 * the hash of its value says, and so on another shard than the row that holds the value.
 *
 * <p>A writer claims the value first (PENDING), writes its row then, and confirms at last. Cut off in between it leaves a
 * PENDING entry, or a confirmed one whose row holds the value no more; neither is believed: whoever meets one, and the
 * {@linkplain #sweep sweep}, looks at the row. Entries are changed by their version only, so that of two that meet one
 * wins. A claim that is under way in this process is known to be so, and nobody takes it over.
 */
final class Lookup {
  static final String PREFIX = "ladang_";
  static final Table TABLE =
      Table.of(
          PREFIX + "lookup",
          Field.of("table", FieldType.STRING),
          Field.of("field", FieldType.STRING),
          Field.of("value", FieldType.STRING),
          Field.of("owner", FieldType.STRING),
          Field.of("id", FieldType.STRING),
          Field.indexed("state", FieldType.STRING));

  /** The field of an entry that stands for the row's id. */
  static final String ID = "";

  private static final String ENTRY = "entry";
  private static final String PENDING = "PENDING";
  private static final String CONFIRMED = "CONFIRMED";
  private static final int ATTEMPTS = 5;

  /** The rows of the cluster, entries included. */
  interface Rows {
    /** Writes a row and returns its version; refuses as the cluster does. */
    long put(String table, String owner, String id, Map<String, Object> fields, Expect expect);

    /** Deletes a row. */
    void delete(String table, String owner, String id, Expect expect);

    /** Reads a row. */
    Optional<Row> get(String table, String owner, String id);

    /** Reads rows. */
    Page scan(Scan scan);
  }

  /** A value that a row holds, or is to hold. */
  record Value(String table, String field, String text, String owner, String id) {}

  private final Rows rows;
  private final Set<String> underWay = ConcurrentHashMap.newKeySet();

  Lookup(Rows rows) {
    this.rows = rows;
  }

  /** Whether a table has values that stand in one row only. */
  static boolean concerns(Table table) {
    return table.lookup() || table.fields().stream().anyMatch(Field::unique);
  }

  /** The values of a row that may stand in one row only. */
  static List<Value> values(Table table, String owner, String id, Map<String, Object> fields) {
    List<Value> values = new ArrayList<>();
    if (table.lookup()) {
      values.add(new Value(table.name(), ID, id, owner, id));
    }
    for (Field field : table.fields()) {
      Object given = fields.get(field.name());
      if (field.unique() && given != null) {
        values.add(new Value(table.name(), field.name(), text(Values.in(field, given)), owner, id));
      }
    }
    return values;
  }

  private static String text(Object value) {
    return value instanceof BigDecimal decimal
        ? decimal.stripTrailingZeros().toPlainString()
        : String.valueOf(value);
  }

  /** Whose row has this id; empty when none has. */
  Optional<String> owner(String table, String id) {
    return entry(new Value(table, ID, id, "", "")).flatMap(e -> e.string("owner"));
  }

  /**
   * Claims a value for a row that is to be written; to be {@linkplain #settle settled} afterwards, whatever comes.
   *
   * @throws LadangException {@code LADANG-SHARD-018} when another row has it, or is about to
   */
  void claim(Value value) {
    String key = key(value);
    if (!underWay.add(key)) {
      throw taken(value);
    }
    try {
      for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
        if (claimed(value)) {
          return;
        }
      }
      throw Refusals.busy();
    } catch (LadangException e) {
      underWay.remove(key);
      throw e;
    }
  }

  private boolean claimed(Value value) {
    Optional<Row> entry = entry(value);
    Expect expect = Expect.absent();
    if (entry.isPresent()) {
      Row found = entry.get();
      expect = Expect.version(found.version());
      boolean mine =
          found.string("owner").equals(Optional.of(value.owner()))
              && found.string("id").equals(Optional.of(value.id()));
      if (!mine && holds(found)) {
        throw taken(value);
      }
    }
    return stored(value, PENDING, expect);
  }

  private boolean stored(Value value, String state, Expect expect) {
    try {
      rows.put(
          TABLE.name(),
          key(value),
          ENTRY,
          Map.of(
              "table", value.table(),
              "field", value.field(),
              "value", value.text(),
              "owner", value.owner(),
              "id", value.id(),
              "state", state),
          expect);
      return true;
    } catch (LadangException e) {
      if (e.code().equals(Refusals.CONFLICT)) {
        return false;
      }
      throw e;
    }
  }

  /** After the write: confirms the entry when the row holds the value, and removes it when it does not. */
  void settle(Value value) {
    try {
      resolve(value);
    } finally {
      underWay.remove(key(value));
    }
  }

  /** Leaves an entry as it is: nobody knows what became of the write. */
  void leave(Value value) {
    underWay.remove(key(value));
  }

  /** A value that the row may have given up: its entry goes when it did. */
  void resolve(Value value) {
    Optional<Row> entry = entry(value);
    if (entry.isEmpty()
        || !entry.get().string("owner").equals(Optional.of(value.owner()))
        || !entry.get().string("id").equals(Optional.of(value.id()))) {
      return;
    }
    resolve(entry.get());
  }

  private void resolve(Row entry) {
    Value value = value(entry);
    Expect same = Expect.version(entry.version());
    if (!holds(entry)) {
      try {
        rows.delete(TABLE.name(), entry.owner(), entry.id(), same);
      } catch (LadangException e) {
        if (!e.code().equals(Refusals.CONFLICT)) {
          throw e;
        }
      }
    } else if (!entry.string("state").equals(Optional.of(CONFIRMED))) {
      stored(value, CONFIRMED, same);
    }
  }

  /** Looks after the entries that writers have left behind; returns how many. */
  int sweep() {
    int swept = 0;
    Scan pending = Scan.of(TABLE.name()).where("state", PENDING);
    Optional<String> next = Optional.empty();
    do {
      Page page = rows.scan(pending.after(next));
      for (Row entry : page.rows()) {
        if (underWay.add(entry.owner())) {
          try {
            resolve(entry);
            swept++;
          } finally {
            underWay.remove(entry.owner());
          }
        }
      }
      next = page.next();
    } while (next.isPresent());
    return swept;
  }

  private static Value value(Row entry) {
    return new Value(
        entry.string("table").orElse(""),
        entry.string("field").orElse(""),
        entry.string("value").orElse(""),
        entry.string("owner").orElse(""),
        entry.string("id").orElse(""));
  }

  private boolean holds(Row entry) {
    Value value = value(entry);
    return rows.get(value.table(), value.owner(), value.id())
        .filter(
            row ->
                value.field().equals(ID)
                    || Optional.ofNullable(row.fields().get(value.field()))
                        .map(Lookup::text)
                        .equals(Optional.of(value.text())))
        .isPresent();
  }

  private Optional<Row> entry(Value value) {
    return rows.get(TABLE.name(), key(value), ENTRY);
  }

  private static String key(Value value) {
    String whole = value.table() + '\u0000' + value.field() + '\u0000' + value.text();
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(whole.getBytes(StandardCharsets.UTF_8));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }

  private static LadangException taken(Value value) {
    String what =
        value.field().equals(ID)
            ? "The id " + value.text()
            : "The value " + Refusals.shown(value.text()) + " of \"" + value.field() + "\"";
    return new LadangException(
            "LADANG-SHARD-018",
            what + " is taken: another row of \"" + value.table() + "\" has it.")
        .next("Choose another one, or change the other row first.");
  }
}
