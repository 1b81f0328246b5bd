package org.ladang.shard.provider;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.ladang.shard.Field;
import org.ladang.shard.FieldType;
import org.ladang.shard.Table;

/** The SQL for one declared table. Names are checked ({@link Names}), prefixed and quoted: no word is reserved. */
final class H2Statements {
  private final String table;
  private final List<String> columns;
  private final String version;
  private final String get;
  private final String find;
  private final String insert;
  private final String update;
  private final String merge;
  private final String delete;

  H2Statements(Table declared) {
    table = tableName(declared);
    columns = declared.fields().stream().map(H2Statements::columnName).toList();
    String key = " WHERE \"owner\" = ? AND \"id\" = ?";
    version = "SELECT \"version\" FROM " + table + key;
    get = select() + key;
    find = select() + " WHERE \"bucket\" = ? AND \"id\" = ? LIMIT 1";
    delete = "DELETE FROM " + table + key;
    List<String> names = new ArrayList<>(columns);
    names.addAll(List.of("\"document\"", "\"sum\"", "\"bucket\"", "\"version\""));
    update =
        "UPDATE "
            + table
            + " SET "
            + names.stream().map(n -> n + " = ?").collect(Collectors.joining(", "))
            + key;
    names.addAll(List.of("\"owner\"", "\"id\""));
    String marks = names.stream().map(n -> "?").collect(Collectors.joining(", "));
    String into = "INTO " + table + "(" + String.join(", ", names) + ")";
    insert = "INSERT " + into + " VALUES(" + marks + ")";
    merge = "MERGE " + into + " KEY(\"owner\", \"id\") VALUES(" + marks + ")";
  }

  static String tableName(Table declared) {
    return "\"t_" + declared.name() + "\"";
  }

  static String columnName(Field field) {
    return "\"f_" + field.name() + "\"";
  }

  static String columnType(FieldType type) {
    return switch (type) {
      case STRING -> "VARCHAR(1000000)";
      case LONG -> "BIGINT";
      case DOUBLE -> "DOUBLE PRECISION";
      case DECIMAL -> "DECFLOAT(100)";
      case BOOLEAN -> "BOOLEAN";
      case INSTANT -> "TIMESTAMP(9) WITH TIME ZONE";
    };
  }

  /** With all its columns: adding one later copies the table. */
  static String createTable(Table declared) {
    return "CREATE TABLE IF NOT EXISTS "
        + tableName(declared)
        + "(\"owner\" VARCHAR(255) NOT NULL, \"id\" VARCHAR(255) NOT NULL,"
        + " \"bucket\" INTEGER NOT NULL, \"version\" BIGINT NOT NULL,"
        + " \"document\" VARCHAR(1000000), \"sum\" INTEGER, "
        + declared.fields().stream()
            .map(f -> columnName(f) + " " + columnType(f.type()) + ", ")
            .collect(Collectors.joining())
        + "PRIMARY KEY(\"owner\", \"id\"))";
  }

  /** Fails where {@link #addSum} is needed. */
  static String probeSum(Table declared) {
    return "SELECT \"sum\" FROM " + tableName(declared) + " LIMIT 0";
  }

  /** Rows of before there were sums have none. */
  static String addSum(Table declared) {
    return "ALTER TABLE " + tableName(declared) + " ADD COLUMN IF NOT EXISTS \"sum\" INTEGER";
  }

  static String addColumn(Table declared, Field field) {
    return "ALTER TABLE "
        + tableName(declared)
        + " ADD COLUMN IF NOT EXISTS "
        + columnName(field)
        + " "
        + columnType(field.type());
  }

  static String createIndex(Table declared, Field field) {
    return "CREATE INDEX IF NOT EXISTS \"x_"
        + declared.name()
        + "_"
        + field.name()
        + "\" ON "
        + tableName(declared)
        + "("
        + columnName(field)
        + ", \"owner\", \"id\")";
  }

  /** The index by which rows are found by bucket, and by id where the bucket is known. */
  static String createBucketIndex(Table declared) {
    return "CREATE INDEX IF NOT EXISTS \"b_"
        + declared.name()
        + "\" ON "
        + tableName(declared)
        + "(\"bucket\", \"id\")";
  }

  /** Of one row; parameters owner, id. */
  String version() {
    return version;
  }

  /** Parameters: the columns, document, sum, bucket, version, owner, id. So are those of update and merge. */
  String insert() {
    return insert;
  }

  String update() {
    return update;
  }

  /** Writes the row whether it is there or not. */
  String merge() {
    return merge;
  }

  String delete() {
    return delete;
  }

  /** Columns of every read: owner, id, version, document, sum, then the declared ones. */
  String get() {
    return get;
  }

  /** Parameters: bucket, id. */
  String find() {
    return find;
  }

  /** Parameters: the values of {@code where}, then owner, then the cursor's (owner twice and id, or id), then limit. */
  String scan(Range range) {
    List<String> conditions = new ArrayList<>();
    range.where().keySet().forEach(f -> conditions.add(columnName(f) + " = ?"));
    if (range.owner().isPresent()) {
      conditions.add("\"owner\" = ?");
      range.after().ifPresent(c -> conditions.add("\"id\" > ?"));
    } else if (range.after().isPresent()) {
      // Not "(owner, id) > (?, ?)": written so, H2 starts at the right place of the index.
      conditions.add("\"owner\" >= ? AND (\"owner\" > ? OR \"id\" > ?)");
    }
    String where = conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions);
    return select() + where + " ORDER BY " + order(range) + "\"owner\", \"id\" LIMIT ?";
  }

  /** The column of the first indexed condition goes first: it is constant, and H2 then reads along that index. */
  private static String order(Range range) {
    return range.where().keySet().stream()
        .filter(Field::indexed)
        .findFirst()
        .map(f -> columnName(f) + ", ")
        .orElse("");
  }

  String count() {
    return "SELECT COUNT(*) FROM " + table;
  }

  String countOfOwner() {
    return count() + " WHERE \"owner\" = ?";
  }

  static String countBy(Table declared, Field field) {
    String column = columnName(field);
    return "SELECT "
        + column
        + ", COUNT(*) FROM "
        + tableName(declared)
        + " GROUP BY "
        + column
        + " ORDER BY 2 DESC, 1 LIMIT ?";
  }

  private String select() {
    String more = columns.isEmpty() ? "" : ", " + String.join(", ", columns);
    return "SELECT \"owner\", \"id\", \"version\", \"document\", \"sum\"" + more + " FROM " + table;
  }
}
