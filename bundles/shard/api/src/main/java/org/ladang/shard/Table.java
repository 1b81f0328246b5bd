package org.ladang.shard;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The declaration of a table. Declared fields are typed columns; whatever else a row carries is kept beside them as one
 * JSON document.
 *
 * @param name lower-case letters, digits and {@code _}, beginning with a letter, at most 50 characters; best begun with
 *     the plugin's name, since all plugins share the tables
 * @param fields the declared fields, no name twice, at most 100
 * @param lookup whether rows are found by their id alone also when the id was not made by {@link ShardCluster#newId}; an
 *     id then stands in one row of the table only, whoever its owner is, and making or deleting a row costs two writes
 *     more
 */
public record Table(String name, List<Field> fields, boolean lookup) {

  public Table {
    Objects.requireNonNull(name, "name");
    fields = List.copyOf(fields);
  }

  /** A table whose rows are found by owner and id. */
  public Table(String name, List<Field> fields) {
    this(name, fields, false);
  }

  /** The same table, whose rows are also found by their id alone. */
  public Table withLookup() {
    return new Table(name, fields, true);
  }

  /** A table with these fields. */
  public static Table of(String name, Field... fields) {
    return new Table(name, List.of(fields));
  }

  /** The declared field of that name. */
  public Optional<Field> field(String fieldName) {
    return fields.stream().filter(f -> f.name().equals(fieldName)).findFirst();
  }
}
