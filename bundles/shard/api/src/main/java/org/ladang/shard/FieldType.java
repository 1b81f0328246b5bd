package org.ladang.shard;

/**
 * The type of a declared field. Values go in and come out JSON-shaped; a value that does not fit is refused with {@code
 * LADANG-SHARD-004}, never bent.
 */
public enum FieldType {
  /** Text of up to 1,000,000 characters. */
  STRING,
  /** A whole number of 64 bits; any {@code Number} without a fraction that fits. */
  LONG,
  /** A finite floating-point number; for measured values, never for money. */
  DOUBLE,
  /**
   * An exact decimal number of up to 100 digits; a {@code Number} or its text. Comes out as a {@code BigDecimal} of the
   * same value, which may have lost zeros at its end.
   */
  DECIMAL,
  /** True or false. */
  BOOLEAN,
  /** A moment; an {@code Instant} or its ISO-8601 text. Comes out as that text, {@code 2026-01-31T10:00:00Z}. */
  INSTANT
}
