package org.ladang.shard.provider;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.OptionalInt;
import org.ladang.kernel.Clock;

/**
 * Makes ids of 63 bits: 41 for the milliseconds since 2024, 4 to count within one, 4 of the node's name, 14 for the
 * bucket. They grow also when the clock goes back, within a run because the last one is known, and from run to run
 * because the time up to which ids may have been given out is stored before they are.
 */
final class Ids {
  /** Where it is stored, durably, up to which millisecond ids may have been given out. */
  interface Reserve {
    /** The last one stored; 0 when there is none. */
    long load();

    /** Stores it. */
    void store(long until);
  }

  static final long AHEAD = 10_000;
  static final long FIRST = Instant.parse("2024-01-01T00:00:00Z").toEpochMilli();
  private static final int COUNT_BITS = 4;
  private static final int NODE_BITS = 4;
  private static final int BUCKET_BITS = 14;
  private static final int CHARACTERS = 13;
  private static final String DIGITS = "0123456789abcdefghjkmnpqrstvwxyz";

  private final Clock clock;
  private final Reserve reserve;
  private final long node;
  private long last;
  private long until;

  Ids(Clock clock, String node, Reserve reserve) {
    this.clock = clock;
    this.reserve = reserve;
    this.node = Xxh64.hash(node.getBytes(StandardCharsets.UTF_8), 0) & ((1L << NODE_BITS) - 1);
    this.until = reserve.load();
    this.last = until << COUNT_BITS;
  }

  synchronized long next(int bucket) {
    long now = Math.max(0, clock.now().toEpochMilli() - FIRST);
    last = Math.max(last + 1, now << COUNT_BITS);
    if (last >> COUNT_BITS >= until) {
      long wanted = (last >> COUNT_BITS) + AHEAD;
      reserve.store(wanted);
      until = wanted;
    }
    return ((last << NODE_BITS | node) << BUCKET_BITS) | bucket;
  }

  /** The id as text. */
  static String text(long id) {
    char[] text = new char[CHARACTERS];
    long left = id;
    for (int i = CHARACTERS - 1; i >= 0; i--) {
      text[i] = DIGITS.charAt((int) (left & 31));
      left >>>= 5;
    }
    return new String(text);
  }

  /** The bucket that an id carries; empty when the text cannot be such an id. */
  static OptionalInt bucket(String text) {
    if (text.length() != CHARACTERS || DIGITS.indexOf(text.charAt(0)) > 7) {
      return OptionalInt.empty();
    }
    long id = 0;
    for (int i = 0; i < CHARACTERS; i++) {
      int digit = DIGITS.indexOf(text.charAt(i));
      if (digit < 0) {
        return OptionalInt.empty();
      }
      id = id << 5 | digit;
    }
    return OptionalInt.of((int) (id & ((1 << BUCKET_BITS) - 1)));
  }
}
