package org.ladang.shard.provider;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** The outbox of a primary: what the replica has yet to confirm. The newest entry always stays: it holds the number. */
final class H2Outbox {
  static final String CREATE =
      "CREATE TABLE IF NOT EXISTS \"outbox\"(\"number\" BIGINT PRIMARY KEY,"
          + " \"bucket\" INTEGER NOT NULL, \"table\" VARCHAR(50) NOT NULL,"
          + " \"owner\" VARCHAR(255) NOT NULL, \"id\" VARCHAR(255) NOT NULL,"
          + " \"version\" BIGINT NOT NULL, \"at\" BIGINT NOT NULL)";

  private H2Outbox() {}

  /** Adds an entry for each row, and takes away what is confirmed. Returns the number of the last one. */
  static long add(H2Session session, List<RowState> rows, WriteTerms terms) throws SQLException {
    PreparedStatement insert =
        session.prepare(
            "INSERT INTO \"outbox\"(\"number\", \"bucket\", \"table\", \"owner\", \"id\","
                + " \"version\", \"at\") VALUES(?, ?, ?, ?, ?, ?, ?)");
    long number = terms.last();
    for (RowState row : rows) {
      number++;
      insert.setLong(1, number);
      insert.setInt(2, row.bucket());
      insert.setString(3, row.table().name());
      insert.setString(4, row.owner());
      insert.setString(5, row.id());
      insert.setLong(6, row.version());
      insert.setLong(7, terms.at());
      insert.executeUpdate();
    }
    if (terms.trim() > 0) {
      PreparedStatement trim = session.prepare("DELETE FROM \"outbox\" WHERE \"number\" <= ?");
      trim.setLong(1, terms.trim());
      trim.executeUpdate();
    }
    return number;
  }

  static long last(H2Session session) throws SQLException {
    try (ResultSet result =
        session.prepare("SELECT MAX(\"number\") FROM \"outbox\"").executeQuery()) {
      result.next();
      return result.getLong(1);
    }
  }

  /** A first entry that names no row and only carries the number. */
  static void continueAfter(H2Session session, long number) throws SQLException {
    PreparedStatement merge =
        session.prepare(
            "MERGE INTO \"outbox\"(\"number\", \"bucket\", \"table\", \"owner\", \"id\","
                + " \"version\", \"at\") VALUES(?, 0, '', '', '', 0, 0)");
    merge.setLong(1, number);
    merge.executeUpdate();
  }

  static List<OutboxEntry> after(H2Session session, long number, int limit) throws SQLException {
    PreparedStatement select =
        session.prepare(
            "SELECT \"number\", \"bucket\", \"table\", \"owner\", \"id\", \"version\", \"at\""
                + " FROM \"outbox\" WHERE \"number\" > ? ORDER BY \"number\" LIMIT ?");
    select.setLong(1, number);
    select.setInt(2, limit);
    List<OutboxEntry> entries = new ArrayList<>();
    try (ResultSet result = select.executeQuery()) {
      while (result.next()) {
        entries.add(
            new OutboxEntry(
                result.getLong(1),
                result.getInt(2),
                result.getString(3),
                result.getString(4),
                result.getString(5),
                result.getLong(6),
                result.getLong(7)));
      }
    }
    return entries;
  }
}
