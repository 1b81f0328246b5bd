package org.ladang.shard.provider;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A connection with the statements that it has prepared, which stay prepared while it is in the pool. For one thread at a
 * time.
 */
final class H2Session {
  private static final int MAX_STATEMENTS = 256;

  private final Connection connection;
  private final Map<String, PreparedStatement> statements = new LinkedHashMap<>(64, 0.75f, true);

  H2Session(Connection connection) {
    this.connection = connection;
  }

  Connection connection() {
    return connection;
  }

  /** The statement; it is the session's and is not to be closed. */
  PreparedStatement prepare(String sql) throws SQLException {
    PreparedStatement known = statements.get(sql);
    if (known != null) {
      return known;
    }
    if (statements.size() >= MAX_STATEMENTS) {
      String eldest = statements.keySet().iterator().next();
      statements.remove(eldest).close();
    }
    PreparedStatement made = connection.prepareStatement(sql);
    statements.put(sql, made);
    return made;
  }

  void close() throws SQLException {
    statements.clear();
    // H2 closes the statements with it.
    connection.close();
  }
}
