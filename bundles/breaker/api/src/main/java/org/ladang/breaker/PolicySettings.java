package org.ladang.breaker;

/**
 * All settings of a policy.
 *
 * @param name letters, digits, {@code .}, {@code -}, {@code _} and {@code /}; at most 100
 * @param breaker when its breaker opens
 * @param retry how calls are tried again
 * @param limits how many calls there may be, and how long one may take
 * @param degraded what is answered when nothing else can
 */
public record PolicySettings(
    String name,
    BreakerSettings breaker,
    RetrySettings retry,
    LimitSettings limits,
    Degradation degraded) {
  /**
   * @throws org.ladang.kernel.LadangException {@code LADANG-BREAKER-002} when the name cannot be used
   */
  public PolicySettings {
    Rules.check(
        name.matches("[A-Za-z0-9][A-Za-z0-9._/-]{0,99}"),
        "name",
        "consist of letters, digits, dots, dashes, underscores and slashes",
        "“" + name + "”");
  }

  /** A policy with the usual settings. */
  public static PolicySettings usual(String name) {
    return new PolicySettings(
        name, BreakerSettings.USUAL, RetrySettings.USUAL, LimitSettings.NONE, Degradation.NONE);
  }

  /** The same with that breaker. */
  public PolicySettings with(BreakerSettings other) {
    return new PolicySettings(name, other, retry, limits, degraded);
  }

  /** The same with those retries. */
  public PolicySettings with(RetrySettings other) {
    return new PolicySettings(name, breaker, other, limits, degraded);
  }

  /** The same with those limits. */
  public PolicySettings with(LimitSettings other) {
    return new PolicySettings(name, breaker, retry, other, degraded);
  }

  /** The same with that degraded answer. */
  public PolicySettings with(Degradation other) {
    return new PolicySettings(name, breaker, retry, limits, other);
  }
}
