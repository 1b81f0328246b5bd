package org.ladang.breaker.provider;

import java.time.Duration;
import org.ladang.kernel.LadangException;

/** What a policy says to those whom it does not let through. */
final class Refusals {
  static final String OPEN = "LADANG-BREAKER-003";

  private Refusals() {}

  static LadangException open(String name, Breaker breaker) {
    Phase phase = breaker.phase();
    Duration left = breaker.left();
    String rest =
        switch (phase.state()) {
          case OPEN -> " It tries again in " + (left.toMillis() + 999) / 1000 + " s.";
          case FORCED_OPEN -> " An operator wants it so.";
          default -> " It is being tried out.";
        };
    return new LadangException(OPEN, "The breaker " + name + " is open: " + phase.cause() + rest)
        .next("breaker:info " + name + " shows more, breaker:reset " + name + " closes it.")
        .with("policy", name);
  }

  static LadangException tooFast(String name, int perSecond) {
    return new LadangException(
            "LADANG-BREAKER-004",
            "The policy "
                + name
                + " lets "
                + perSecond
                + " calls pass in a second; there were more.")
        .next("Call again in a moment.")
        .with("policy", name);
  }

  static LadangException tooMany(String name, int most) {
    return new LadangException(
            "LADANG-BREAKER-005",
            "The policy " + name + " lets " + most + " calls be under way; there are as many.")
        .next("Call again in a moment.")
        .with("policy", name);
  }

  static LadangException late(String name, long millis) {
    return new LadangException(
            "LADANG-BREAKER-006",
            "A call under the policy " + name + " had not answered after " + millis + " ms.")
        .next("It may still have done its work; look before you repeat it.")
        .with("policy", name);
  }

  static LadangException noTime(String name) {
    return new LadangException(
            "LADANG-BREAKER-007",
            "The deadline passed before a call under the policy " + name + " could begin.")
        .with("policy", name);
  }
}
