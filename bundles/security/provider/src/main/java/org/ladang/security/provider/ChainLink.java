package org.ladang.security.provider;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A place in the chain: the number of an entry and its hash.
 *
 * @param seq 1 for the first entry; 0 stands before it
 * @param hash 64 hexadecimal digits
 */
record ChainLink(long seq, String hash) {
  /** What the first entry of all hangs on. */
  static final ChainLink START = new ChainLink(0, "0".repeat(64));

  static ChainLink of(Object state) {
    Map<String, Object> map = Shape.map(state);
    return new ChainLink(Shape.number(map, "seq"), Shape.text(map, "hash"));
  }

  Map<String, Object> toState() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("seq", seq);
    map.put("hash", hash);
    return map;
  }
}
