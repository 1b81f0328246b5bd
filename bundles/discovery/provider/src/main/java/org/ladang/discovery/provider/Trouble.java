package org.ladang.discovery.provider;

import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLTimeoutException;
import java.sql.SQLTransientConnectionException;
import org.ladang.balancer.Outcome;
import org.ladang.discovery.Query;
import org.ladang.kernel.LadangException;

/** What it means that a database threw: by the classes of SQL states that SQL:2023 and PostgreSQL's manual define. */
enum Trouble {
  /** No connection was had: nobody has got the statement. */
  UNREACHED(Outcome.FAILED),
  /** The connection broke, or the database is going down or full. */
  FAILED(Outcome.FAILED),
  /** It took too long. */
  LATE(Outcome.LATE),
  /** The statement is wrong: the caller's doing. */
  WRONG(Outcome.OK);

  private static final String CONNECTION = "08";
  private static final String RESOURCES = "53";
  private static final String OPERATOR = "57P";
  private static final String CANCELLED = "57014";
  private static final int H2_CLOSED = 90098;
  private static final int H2_GONE = 90121;

  private final Outcome outcome;

  Trouble(Outcome outcome) {
    this.outcome = outcome;
  }

  Outcome outcome() {
    return outcome;
  }

  static Trouble of(SQLException failure) {
    String state = failure.getSQLState() == null ? "" : failure.getSQLState();
    if (failure instanceof SQLTransientConnectionException) {
      return UNREACHED;
    }
    if (failure instanceof SQLTimeoutException || state.equals(CANCELLED)) {
      return LATE;
    }
    int code = failure.getErrorCode();
    boolean failed =
        failure instanceof SQLNonTransientConnectionException
            || state.startsWith(CONNECTION)
            || state.startsWith(RESOURCES)
            || state.startsWith(OPERATOR)
            || code == H2_CLOSED
            || code == H2_GONE;
    return failed ? FAILED : WRONG;
  }

  LadangException said(Seat seat, Query query, SQLException failure) {
    String because = Checker.said(failure);
    LadangException said =
        switch (this) {
          case UNREACHED, FAILED ->
              new LadangException(
                  "LADANG-DISCOVERY-007", seat.id() + " failed: " + because, failure);
          case LATE ->
              new LadangException(
                  "LADANG-DISCOVERY-008",
                  seat.id() + " did not answer within " + query.limit().toMillis() + " ms.",
                  failure);
          case WRONG ->
              new LadangException(
                  "LADANG-DISCOVERY-011",
                  seat.id() + " refuses the statement: " + because,
                  failure);
        };
    return said.with("endpoint", seat.id());
  }
}
