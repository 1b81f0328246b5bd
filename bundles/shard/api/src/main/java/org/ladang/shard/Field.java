package org.ladang.shard;

import java.util.Objects;

/**
 * A declared field of a {@link Table}: a typed column, which can be filtered and grouped by.
 *
 * @param name lower-case letters, digits and {@code _}, beginning with a letter, at most 50 characters
 * @param type what its values are
 * @param indexed whether filtering by it is worth an index
 * @param unique whether a value may stand in one row of the table only, whoever the row's owner is; a write that
 *     sets, changes or removes such a value costs two writes more
 */
public record Field(String name, FieldType type, boolean indexed, boolean unique) {

  public Field {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(type, "type");
  }

  /** A field without an index. */
  public static Field of(String name, FieldType type) {
    return new Field(name, type, false, false);
  }

  /** A field with an index. */
  public static Field indexed(String name, FieldType type) {
    return new Field(name, type, true, false);
  }

  /** A field with an index whose values stand in one row of the table only. */
  public static Field unique(String name, FieldType type) {
    return new Field(name, type, true, true);
  }
}
