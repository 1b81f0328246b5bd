package org.ladang.balancer;

/**
 * What is known of a call when an endpoint is asked for. Make it once where it does not change: asking allocates
 * nothing then.
 *
 * @param key what calls with the same key share, spread over all 64 bits; see {@link #key}. Only consistent hashing
 *     reads it.
 * @param zone where the caller stands, written as in {@link Endpoint#zone}; empty when it does not matter
 */
public record Ask(long key, String zone) {
  /** A call of which nothing is known. */
  public static final Ask ANY = new Ask(0, "");

  private static final long FNV_OFFSET = 0xcbf29ce484222325L;
  private static final long FNV_PRIME = 0x100000001b3L;

  /** A call that wants the endpoint that others with this key get. */
  public static Ask withKey(String key) {
    return new Ask(key(key), "");
  }

  /** A call from a zone. */
  public static Ask from(String zone) {
    return new Ask(0, zone);
  }

  /** A text as 64 bits: FNV-1a over its characters, mixed by the finaliser of SplitMix64 (Steele et al., 2014). */
  public static long key(String text) {
    long hash = FNV_OFFSET;
    for (int i = 0; i < text.length(); i++) {
      hash = (hash ^ text.charAt(i)) * FNV_PRIME;
    }
    return mixed(hash);
  }

  /** Spreads a number over all 64 bits; the finaliser of SplitMix64. */
  public static long mixed(long number) {
    long z = number;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
