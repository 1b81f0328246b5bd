package org.ladang.security.provider;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.ladang.kernel.Clock;

/**
 * Slows down guessing. Each user and each remote may be wrong a few times; then every further wrong guess doubles the
 * time for which no guess is looked at. An attempt counts as wrong from its start until it turns out right, so many at
 * once gain nothing. A user is locked for a minute at the most: whoever guesses must not lock the owner out for long.
 */
final class Throttle {
  private static final int MAX_KEYS = 10_000;
  private static final Duration FORGET = Duration.ofMinutes(15);
  private static final Limit USER = new Limit(5, Duration.ofMinutes(1));
  private static final Limit REMOTE = new Limit(10, Duration.ofMinutes(5));

  private final Clock clock;
  // Insertion order with re-insertion at each attempt: the eldest is the one that was quiet for
  // longest.
  private final Map<String, Guesses> guesses = new LinkedHashMap<>();

  Throttle(Clock clock) {
    this.clock = clock;
  }

  /**
   * @param free how many wrong guesses cost nothing
   * @param longest the longest lock
   */
  private record Limit(int free, Duration longest) {
    Duration lockAfter(int wrong) {
      int over = wrong - free;
      if (over < 0) {
        return Duration.ZERO;
      }
      Duration lock = Duration.ofSeconds(1L << Math.min(over, 20));
      return lock.compareTo(longest) > 0 ? longest : lock;
    }
  }

  /** Nanosecond readings of the monotonic clock. */
  private record Guesses(int wrong, long at, long lockedUntil) {}

  /** Lets an attempt through and counts it, or says how long to wait. */
  synchronized Optional<Duration> attempt(String user, String remote) {
    Optional<Duration> wait = lock(user, remote);
    if (wait.isPresent()) {
      return wait;
    }
    long now = clock.nanos();
    count("user/" + user, USER, now);
    if (!remote.isEmpty()) {
      count("remote/" + remote, REMOTE, now);
    }
    return Optional.empty();
  }

  /** How long no further guess is looked at; empty where the next one is. */
  synchronized Optional<Duration> lock(String user, String remote) {
    long now = clock.nanos();
    long wait = Math.max(locked("user/" + user, now), locked("remote/" + remote, now));
    return wait > 0 ? Optional.of(Duration.ofNanos(wait)) : Optional.empty();
  }

  /**
   * The attempt was right: the user's guesses are forgotten and the remote's are as before it. Those stay counted, or
   * one good account would let its owner guess at all others.
   */
  synchronized void right(String user, String remote) {
    guesses.remove("user/" + user);
    Guesses from = guesses.get("remote/" + remote);
    if (from != null) {
      int wrong = Math.max(0, from.wrong() - 1);
      guesses.put("remote/" + remote, new Guesses(wrong, from.at(), from.at()));
    }
  }

  synchronized int size() {
    return guesses.size();
  }

  private long locked(String key, long now) {
    Guesses known = guesses.get(key);
    return known == null ? 0 : known.lockedUntil() - now;
  }

  private void count(String key, Limit limit, long now) {
    Guesses before = guesses.remove(key);
    boolean forgotten = before == null || now - before.at() > FORGET.toNanos();
    int wrong = forgotten ? 1 : before.wrong() + 1;
    guesses.put(key, new Guesses(wrong, now, now + limit.lockAfter(wrong).toNanos()));
    if (guesses.size() > MAX_KEYS) {
      guesses.remove(guesses.keySet().iterator().next());
    }
  }
}
