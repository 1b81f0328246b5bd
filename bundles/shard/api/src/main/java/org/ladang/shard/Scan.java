package org.ladang.shard;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What a scan reads, page by page, in the order of owner and id (by UTF-16 code units). Immutable.
 *
 * @param table the table's name
 * @param owner only this owner's rows; empty for all
 * @param where only rows whose declared fields have these values
 * @param limit at most so many rows in a page, 1 to 1,000
 * @param cursor where the page before ended, as {@link Page#next} gave it; empty for the first page
 */
public record Scan(
    String table,
    Optional<String> owner,
    Map<String, Object> where,
    int limit,
    Optional<String> cursor) {

  /** The most rows that a page may have. */
  public static final int MAX_LIMIT = 1_000;

  public Scan {
    Objects.requireNonNull(table, "table");
    Objects.requireNonNull(owner, "owner");
    Objects.requireNonNull(cursor, "cursor");
    where = Collections.unmodifiableMap(new LinkedHashMap<>(where));
  }

  /** All rows of a table, 100 in a page. */
  public static Scan of(String table) {
    return new Scan(table, Optional.empty(), Map.of(), 100, Optional.empty());
  }

  /** The same scan for one owner. */
  public Scan owner(String only) {
    return new Scan(table, Optional.of(only), where, limit, cursor);
  }

  /** The same scan with one more condition: the declared field has this value. */
  public Scan where(String field, Object value) {
    Map<String, Object> more = new LinkedHashMap<>(where);
    more.put(field, Objects.requireNonNull(value, "value"));
    return new Scan(table, owner, more, limit, cursor);
  }

  /** The same scan with other pages. */
  public Scan limit(int rows) {
    return new Scan(table, owner, where, rows, cursor);
  }

  /** The same scan after a page. */
  public Scan after(Optional<String> next) {
    return new Scan(table, owner, where, limit, next);
  }
}
