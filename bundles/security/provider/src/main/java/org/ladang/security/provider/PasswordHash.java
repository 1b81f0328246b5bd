package org.ladang.security.provider;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A password as it is kept.
 *
 * @param algorithm the name of the {@code SecretKeyFactory}
 * @param iterations how often it was hashed
 * @param salt 16 random bytes, Base64
 * @param hash 32 bytes, Base64
 */
record PasswordHash(String algorithm, int iterations, String salt, String hash) {

  static PasswordHash of(Object state) {
    Map<String, Object> map = Shape.map(state);
    return new PasswordHash(
        Shape.text(map, "algorithm"),
        (int) Shape.number(map, "iterations"),
        Shape.text(map, "salt"),
        Shape.text(map, "hash"));
  }

  Map<String, Object> toState() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("algorithm", algorithm);
    map.put("iterations", iterations);
    map.put("salt", salt);
    map.put("hash", hash);
    return map;
  }

  /** Neither salt nor hash may come into a log. */
  @Override
  public String toString() {
    return algorithm + " x " + iterations;
  }
}
