package org.ladang.shard;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** One write of a {@linkplain ShardCluster#batch batch}. */
public sealed interface Write {
  /** The table's name. */
  String table();

  /** Whose row. */
  String owner();

  /** Which row. */
  String id();

  /** What the write expects to find. */
  Expect expect();

  /**
   * Writes a whole row: what is not among {@code fields} is gone afterwards.
   *
   * @param fields JSON-shaped; a null value is as none
   */
  record Put(String table, String owner, String id, Map<String, Object> fields, Expect expect)
      implements Write {

    public Put {
      Objects.requireNonNull(table, "table");
      Objects.requireNonNull(owner, "owner");
      Objects.requireNonNull(id, "id");
      Objects.requireNonNull(expect, "expect");
      fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }
  }

  /** Deletes a row. */
  record Delete(String table, String owner, String id, Expect expect) implements Write {

    public Delete {
      Objects.requireNonNull(table, "table");
      Objects.requireNonNull(owner, "owner");
      Objects.requireNonNull(id, "id");
      Objects.requireNonNull(expect, "expect");
    }
  }
}
