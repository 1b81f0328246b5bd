package org.ladang.config.provider;

import java.util.List;
import java.util.Locale;
import org.ladang.config.Configuration;

/** Which values are never shown where the declared type does not say so. */
final class Secrets {
  private static final List<String> ENDINGS = List.of("password", "passphrase", "secret", "token");

  private Secrets() {}

  /** Whether a key is one by its name. A leading dot makes a key private in Declarative Services. */
  static boolean named(String key) {
    String lower = key.toLowerCase(Locale.ROOT);
    return key.startsWith(".") || ENDINGS.stream().anyMatch(lower::endsWith);
  }

  static Object shown(boolean secret, Object value) {
    return secret ? Configuration.MASK : value;
  }
}
