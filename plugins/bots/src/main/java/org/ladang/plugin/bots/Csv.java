package org.ladang.plugin.bots;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.ladang.kernel.LadangException;

/** Comma-separated values with a header line, as RFC 4180 has them: quotes, doubled quotes, line ends within quotes. */
final class Csv implements BotSource.Format {
  /** A value may go on over this many lines; a quote that is not closed by then spoils its own line only. */
  private static final int MAX_LINES = 20;

  private final Lines lines;
  private final List<String> header;

  Csv(Lines lines) throws IOException {
    this.lines = lines;
    Lines.Line first =
        lines
            .next()
            .orElseThrow(() -> new LadangException("LADANG-BOTS-003", "The file is empty."));
    String text = first.text().startsWith("\uFEFF") ? first.text().substring(1) : first.text();
    header = cells(text).orElse(List.of()).stream().map(Csv::name).toList();
    if (!header.contains("id")) {
      throw new LadangException("LADANG-BOTS-003", "The first line names no column \"id\".")
          .next(
              "It takes: id, and any of name, category, operator, user_agent, url, status, added, region,"
                  + " source.");
    }
  }

  @Override
  public Optional<BotLine> next() throws IOException {
    Optional<Lines.Line> found = lines.next();
    while (found.isPresent() && found.get().text().isBlank()) {
      found = lines.next();
    }
    return found.isEmpty() ? Optional.empty() : Optional.of(record(found.get()));
  }

  private BotLine record(Lines.Line first) throws IOException {
    if (first.cut()) {
      return new BotLine.Bad(
          first.number(), "The line has more than " + Lines.MAX_LENGTH + " characters.");
    }
    List<Lines.Line> more = new ArrayList<>();
    StringBuilder text = new StringBuilder(first.text());
    Optional<List<String>> cells = cells(text);
    while (cells.isEmpty() && more.size() < MAX_LINES && text.length() <= Lines.MAX_LENGTH) {
      Optional<Lines.Line> next = lines.next();
      if (next.isEmpty()) {
        break;
      }
      more.add(next.get());
      text.append('\n').append(next.get().text());
      cells = cells(text);
    }
    if (cells.isEmpty()) {
      lines.giveBack(more);
      return new BotLine.Bad(first.number(), "A quote is opened and not closed.");
    }
    if (cells.get().size() != header.size()) {
      lines.giveBack(more);
      return new BotLine.Bad(
          first.number(),
          "The line has " + cells.get().size() + " values, the header " + header.size() + ".");
    }
    Map<String, String> values = new LinkedHashMap<>();
    for (int i = 0; i < header.size(); i++) {
      values.put(header.get(i), cells.get().get(i));
    }
    return new BotLine.Good(first.number(), values);
  }

  /** The values of a record; empty when it ends within quotes. */
  private static Optional<List<String>> cells(CharSequence text) {
    List<String> cells = new ArrayList<>();
    StringBuilder cell = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (quoted) {
        boolean doubled = c == '"' && i + 1 < text.length() && text.charAt(i + 1) == '"';
        if (c != '"' || doubled) {
          cell.append(c);
          i += doubled ? 1 : 0;
        } else {
          quoted = false;
        }
      } else if (c == '"' && cell.length() == 0) {
        quoted = true;
      } else if (c == ',') {
        cells.add(cell.toString());
        cell.setLength(0);
      } else {
        cell.append(c);
      }
    }
    cells.add(cell.toString());
    return quoted ? Optional.empty() : Optional.of(cells);
  }

  /** {@code userAgent}, {@code User Agent} and {@code user_agent} are the same name. */
  static String name(String text) {
    return text.strip()
        .replaceAll("([a-z])([A-Z])", "$1_$2")
        .replaceAll("[ -]+", "_")
        .toLowerCase(Locale.ROOT);
  }
}
