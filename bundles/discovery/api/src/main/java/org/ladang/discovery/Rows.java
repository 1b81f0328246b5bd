package org.ladang.discovery;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * What a query found, as values: nothing of the database is behind them.
 *
 * @param columns their names
 * @param rows strings, numbers, booleans and null; times as ISO 8601, bytes as Base64
 * @param more whether there were more rows than were wanted
 * @param endpoint who answered
 * @param group of the route it belongs to, from 0
 */
public record Rows(
    List<String> columns, List<List<Object>> rows, boolean more, String endpoint, int group) {
  public Rows {
    columns = List.copyOf(columns);
    List<List<Object>> copies = new ArrayList<>();
    rows.forEach(row -> copies.add(Collections.unmodifiableList(new ArrayList<>(row))));
    rows = Collections.unmodifiableList(copies);
  }
}
