package org.ladang.discovery;

import org.osgi.annotation.versioning.ProviderType;

/**
 * Queries to one of several databases. Connections are pooled and never leave this room. Safe for any thread.
 *
 * <p>Failures are {@code LADANG-DISCOVERY-006} when there is nobody to ask, {@code -007} when the database failed or
 * cannot be reached, {@code -008} when the limit passed, {@code -011} when the statement is wrong.
 */
@ProviderType
public interface Databases {
  /** Asks; the connection is read-only while it does. */
  Rows query(Route route, Query query);

  /**
   * Changes something, as a transaction of its own.
   *
   * @return how many rows were touched
   */
  long update(Route route, Query statement);
}
