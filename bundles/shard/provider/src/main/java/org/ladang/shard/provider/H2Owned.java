package org.ladang.shard.provider;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;

/** The buckets that a copy knows to be at home on its shard; the catalogue can be made again from them. */
final class H2Owned {
  static final String CREATE =
      "CREATE TABLE IF NOT EXISTS \"owned_bucket\""
          + "(\"bucket\" INTEGER PRIMARY KEY, \"epoch\" BIGINT NOT NULL)";

  private H2Owned() {}

  static Map<Integer, Long> all(H2Session session) throws SQLException {
    Map<Integer, Long> owned = new TreeMap<>();
    try (ResultSet result =
        session.prepare("SELECT \"bucket\", \"epoch\" FROM \"owned_bucket\"").executeQuery()) {
      while (result.next()) {
        owned.put(result.getInt(1), result.getLong(2));
      }
    }
    return owned;
  }

  static void put(H2Session session, Map<Integer, Long> epochs) throws SQLException {
    // One statement for all: there may be thousands. A file that has just been made has none yet.
    String verb = isEmpty(session) ? "INSERT" : "MERGE";
    PreparedStatement merge =
        session.prepare(
            verb
                + " INTO \"owned_bucket\"(\"bucket\", \"epoch\")"
                + " SELECT * FROM UNNEST(CAST(? AS INTEGER ARRAY), CAST(? AS BIGINT ARRAY))");
    merge.setObject(1, epochs.keySet().toArray(new Integer[0]));
    merge.setObject(2, epochs.values().toArray(new Long[0]));
    merge.executeUpdate();
    session.connection().commit();
  }

  private static boolean isEmpty(H2Session session) throws SQLException {
    try (ResultSet result =
        session.prepare("SELECT 1 FROM \"owned_bucket\" LIMIT 1").executeQuery()) {
      return !result.next();
    }
  }

  static void remove(H2Session session, int bucket) throws SQLException {
    PreparedStatement delete = session.prepare("DELETE FROM \"owned_bucket\" WHERE \"bucket\" = ?");
    delete.setInt(1, bucket);
    delete.executeUpdate();
  }
}
