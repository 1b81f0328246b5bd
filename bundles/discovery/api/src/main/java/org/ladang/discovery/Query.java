package org.ladang.discovery;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.ladang.kernel.LadangException;

/**
 * A statement with its parameters.
 *
 * @param sql one statement, with {@code ?} for parameters
 * @param parameters strings, numbers, booleans or null, in their order
 * @param limit how long it may take, waiting for a connection included
 * @param most rows that are wanted at the most
 */
public record Query(String sql, List<Object> parameters, Duration limit, int most) {
  /** How long a statement may take where nothing is said. */
  public static final Duration USUAL_LIMIT = Duration.ofSeconds(5);

  /** How many rows come back where nothing is said. */
  public static final int USUAL_MOST = 1_000;

  private static final int MOST = 100_000;

  /**
   * @throws LadangException {@code LADANG-DISCOVERY-010} when it cannot be asked
   */
  public Query {
    parameters = Collections.unmodifiableList(new ArrayList<>(parameters));
    if (sql.isBlank() || limit.isNegative() || limit.isZero() || most < 1 || most > MOST) {
      throw new LadangException(
          "LADANG-DISCOVERY-010",
          "A query needs a statement, a time above zero, and 1 to 100000 rows to bring back.");
    }
  }

  /** A statement with parameters, the usual time and rows. */
  public static Query of(String sql, Object... parameters) {
    List<Object> given = new ArrayList<>();
    Collections.addAll(given, parameters);
    return new Query(sql, given, USUAL_LIMIT, USUAL_MOST);
  }

  /** The same with another limit. */
  public Query within(Duration time) {
    return new Query(sql, parameters, time, most);
  }

  /** The same with at most so many rows. */
  public Query atMost(int rows) {
    return new Query(sql, parameters, limit, rows);
  }
}
