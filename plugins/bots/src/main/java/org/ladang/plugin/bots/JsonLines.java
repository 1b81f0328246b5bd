package org.ladang.plugin.bots;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** One JSON object in each line. */
final class JsonLines implements BotSource.Format {
  private final Lines lines;

  JsonLines(Lines lines) {
    this.lines = lines;
  }

  @Override
  public Optional<BotLine> next() throws IOException {
    Optional<Lines.Line> found = lines.next();
    while (found.isPresent() && found.get().text().isBlank()) {
      found = lines.next();
    }
    return found.map(JsonLines::line);
  }

  private static BotLine line(Lines.Line line) {
    if (line.cut()) {
      return new BotLine.Bad(
          line.number(), "The line has more than " + Lines.MAX_LENGTH + " characters.");
    }
    try {
      Map<String, String> values = new LinkedHashMap<>();
      for (Map.Entry<String, Object> entry : JSON.std.mapFrom(line.text()).entrySet()) {
        Object value = entry.getValue();
        if (value instanceof Map || value instanceof Iterable) {
          return new BotLine.Bad(
              line.number(), "The value of a member is not plain text or a number.");
        }
        values.put(Csv.name(entry.getKey()), value == null ? "" : String.valueOf(value));
      }
      return new BotLine.Good(line.number(), values);
    } catch (IOException notAnObject) {
      return new BotLine.Bad(line.number(), "The line is no JSON object.");
    }
  }
}
