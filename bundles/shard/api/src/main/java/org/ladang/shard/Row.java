package org.ladang.shard;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A row as it was read.
 *
 * @param owner whose it is; decides where it is at home
 * @param id names it among its owner's rows of the table
 * @param version changes with every write and is never used twice for the same owner and id, not even when the row is
 *     deleted and made anew
 * @param fields the values, JSON-shaped: declared fields first, in the order of their declaration, then the rest; what
 *     has no value is absent. Unmodifiable
 * @param behind how far the copy it was read from may be behind the last acknowledged write; zero unless the table is
 *     read from a replica that is not kept in step
 */
public record Row(
    String owner, String id, long version, Map<String, Object> fields, Duration behind) {

  public Row {
    Objects.requireNonNull(owner, "owner");
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(behind, "behind");
    fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
  }

  /** A row that is up to date. */
  public Row(String owner, String id, long version, Map<String, Object> fields) {
    this(owner, id, version, fields, Duration.ZERO);
  }

  /** The text of a field; empty when it is absent or no text. */
  public Optional<String> string(String field) {
    return fields.get(field) instanceof String s ? Optional.of(s) : Optional.empty();
  }

  /** The number of a field, exactly; empty when it is absent or no number. */
  public Optional<BigDecimal> decimal(String field) {
    return fields.get(field) instanceof Number n
        ? Optional.of(n instanceof BigDecimal d ? d : new BigDecimal(n.toString()))
        : Optional.empty();
  }

  /** The moment of an {@link FieldType#INSTANT} field; empty when it is absent. */
  public Optional<Instant> instant(String field) {
    return string(field).map(Instant::parse);
  }
}
