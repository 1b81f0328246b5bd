package org.ladang.plugin.bots;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.ladang.kernel.LadangException;

/** Makes bots from what people and files say, filling in what they leave out; refuses with {@code LADANG-BOTS-002}. */
final class BotDraft {
  static final String UNKNOWN = "unknown";
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:-]{0,99}");
  private static final int MAX_TEXT = 2_000;

  private final Map<String, String> values;

  /**
   * @param values by name: id, name, category, operator, user_agent, url, status, added, region, source; what is empty is
   *     as if left out
   */
  BotDraft(Map<String, String> values) {
    this.values = values;
  }

  /** The bot, never written yet. */
  Bot bot(Instant now) {
    String id = checkedId(text("id").orElse(""));
    return new Bot(
        id,
        text("name").orElse(id),
        text("status").map(s -> word("status", Status.class, s)).orElse(Status.active),
        text("category")
            .map(c -> word("category", Category.class, c))
            .orElse(Category.infrastructure),
        text("operator").orElse(UNKNOWN),
        text("user_agent").orElse(""),
        text("url").orElse(""),
        text("region").orElse(""),
        text("source").orElse(""),
        text("added").map(BotDraft::moment).orElse(now),
        Optional.empty(),
        0);
  }

  static String checkedId(String id) {
    if (!ID.matcher(id).matches()) {
      throw bad(
          id.isEmpty()
              ? "The id is missing."
              : "The id is not good: it takes 1 to 100 of A-Z, a-z, 0-9 and . _ : -, the first a letter or digit.");
    }
    return id;
  }

  private Optional<String> text(String name) {
    String value = values.getOrDefault(name, "").strip();
    if (value.length() > MAX_TEXT) {
      throw bad(
          "The " + name + " has " + value.length() + " characters; " + MAX_TEXT + " is the most.");
    }
    return value.isEmpty() ? Optional.empty() : Optional.of(value);
  }

  private static <E extends Enum<E>> E word(String name, Class<E> type, String value) {
    try {
      return Enum.valueOf(type, value.toLowerCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      String words =
          Arrays.stream(type.getEnumConstants()).map(Enum::name).collect(Collectors.joining(", "));
      throw new LadangException("LADANG-BOTS-002", "The " + name + " is none of " + words + ".", e);
    }
  }

  private static Instant moment(String value) {
    try {
      return value.length() == 10
          ? LocalDate.parse(value).atStartOfDay(ZoneOffset.UTC).toInstant()
          : Instant.parse(value);
    } catch (DateTimeParseException e) {
      throw new LadangException(
          "LADANG-BOTS-002", "The value of added is no date such as 2026-01-31.", e);
    }
  }

  private static LadangException bad(String sentence) {
    return new LadangException("LADANG-BOTS-002", sentence);
  }
}
