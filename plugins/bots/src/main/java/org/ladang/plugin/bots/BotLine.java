package org.ladang.plugin.bots;

import java.util.Map;

/** A line of a source: values by name, or what is wrong with it. */
sealed interface BotLine {
  /** Its number in the file, from 1. */
  long number();

  /** A line that can be read; whether it makes a bot is another matter. */
  record Good(long number, Map<String, String> values) implements BotLine {}

  /** A line that cannot be read. */
  record Bad(long number, String reason) implements BotLine {}
}
