package org.ladang.discovery;

/** How an endpoint is called. */
public enum Kind {
  /** A service of this runtime, called by its interface. */
  LOCAL,
  /** A base URL, called over HTTP. */
  HTTP,
  /** A JDBC URL, asked by queries. */
  DATABASE
}
