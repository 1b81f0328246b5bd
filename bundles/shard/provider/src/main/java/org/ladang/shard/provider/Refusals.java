package org.ladang.shard.provider;

import java.util.Collection;
import org.ladang.kernel.LadangException;

/** The sentences of refusals that come from more than one place. */
final class Refusals {
  static final String CONFLICT = "LADANG-SHARD-001";
  static final String GROUP = "LADANG-SHARD-008";

  private Refusals() {}

  static LadangException noTable(String table, Collection<String> known) {
    return new LadangException("LADANG-SHARD-002", "There is no table \"" + table + "\".")
        .next(
            known.isEmpty()
                ? "No plugin has declared one yet."
                : "The tables are: " + String.join(", ", known) + ".")
        .with("table", table);
  }

  static LadangException noField(String table, String field, Collection<String> known) {
    return new LadangException(
            "LADANG-SHARD-003",
            "The table \"" + table + "\" has no declared field \"" + field + "\".")
        .next(
            known.isEmpty()
                ? "It declares none."
                : "Its declared fields are: " + String.join(", ", known) + ".")
        .with("table", table)
        .with("field", field);
  }

  static LadangException wrongType(String field, String expected, Object got) {
    return new LadangException(
            "LADANG-SHARD-004",
            "The field \"" + field + "\" takes " + expected + ", not " + shown(got) + ".")
        .with("field", field)
        .with("expected", expected);
  }

  static LadangException tooLarge(String owner, String id, long size) {
    return new LadangException(
            "LADANG-SHARD-005",
            "The row "
                + id
                + " of "
                + owner
                + " has "
                + size
                + " characters; "
                + Documents.MAX_CHARS
                + " is the most.")
        .next("Keep large content in files and their names in the row.");
  }

  static LadangException badName(String what, String rule) {
    return new LadangException("LADANG-SHARD-006", what + " is not good: it takes " + rule + ".");
  }

  static LadangException badDeclaration(String sentence) {
    return new LadangException("LADANG-SHARD-007", sentence)
        .next("Declare a new field under another name.");
  }

  static LadangException closed() {
    return new LadangException("LADANG-SHARD-016", "The shard is closed.")
        .next("Try again in a moment: it is closed while its provider is replaced.");
  }

  static LadangException failing() {
    return new LadangException(
            "LADANG-SHARD-014", "The storage of the shard fails again and again.")
        .next("See that the disk is there, not full, and may be written.");
  }

  static LadangException interrupted(Throwable cause) {
    return new LadangException(
            "LADANG-SHARD-013", "The caller was interrupted before the shard was asked.", cause)
        .next("Try again; nothing was written.");
  }

  static LadangException busy() {
    return new LadangException(
            "LADANG-SHARD-013", "The shard is too busy: it did not answer in time.")
        .next("Try again; nothing was written.");
  }

  static LadangException badLimit(String sentence) {
    return new LadangException("LADANG-SHARD-010", sentence);
  }

  /** A value as a sentence can carry it: its kind, and its text when that is short. */
  static String shown(Object value) {
    if (value == null) {
      return "nothing";
    }
    String text = String.valueOf(value);
    String kind =
        value instanceof String
            ? "the text"
            : value instanceof Number
                ? "the number"
                : value instanceof Boolean
                    ? "the truth value"
                    : "a " + value.getClass().getSimpleName();
    return text.length() > 60 ? kind + " of " + text.length() + " characters" : kind + " " + text;
  }
}
