package org.ladang.breaker;

import java.time.Duration;
import org.ladang.kernel.LadangException;

/** Says in a sentence which setting cannot be used. */
final class Rules {
  private static final Duration LONGEST = Duration.ofDays(1);

  private Rules() {}

  static void positive(String key, Duration value) {
    check(
        !value.isNegative() && !value.isZero() && value.compareTo(LONGEST) <= 0,
        key,
        "be longer than nothing and at most a day",
        value);
  }

  static void notNegative(String key, Duration value) {
    check(
        !value.isNegative() && value.compareTo(LONGEST) <= 0,
        key,
        "be at most a day and not negative",
        value);
  }

  static void between(String key, double value, double least, double most) {
    check(value >= least && value <= most, key, "lie between " + least + " and " + most, value);
  }

  static void check(boolean holds, String key, String must, Object value) {
    if (!holds) {
      throw new LadangException(
              "LADANG-BREAKER-002",
              "The setting " + key + " of a policy must " + must + "; it is " + value + ".")
          .next("The README of the breaker room lists what each setting may be.")
          .with("setting", key);
    }
  }
}
