package org.ladang.registry;

import java.util.Locale;

/**
 * How a plugin feels.
 *
 * @param word in one word
 * @param sentence why; empty where the word says all
 */
public record PluginHealth(Word word, String sentence) {

  /** The three words. */
  public enum Word {
    /** Serves as intended. */
    HEALTHY,
    /** Serves, but not all of it or not as well as it should. */
    DEGRADED,
    /** Does not serve. */
    UNHEALTHY;

    /** As people read it, in lower case. */
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Serves as intended. */
  public static PluginHealth healthy() {
    return new PluginHealth(Word.HEALTHY, "");
  }

  /** Serves, but not as intended. */
  public static PluginHealth degraded(String sentence) {
    return new PluginHealth(Word.DEGRADED, sentence);
  }

  /** Does not serve. */
  public static PluginHealth unhealthy(String sentence) {
    return new PluginHealth(Word.UNHEALTHY, sentence);
  }
}
