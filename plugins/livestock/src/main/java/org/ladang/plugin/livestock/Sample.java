package org.ladang.plugin.livestock;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The items that ship with the plugin: code, name, price and stock, one in a line. */
final class Sample {
  private static final Pattern LINE =
      Pattern.compile("([0-9A-Z]+),(?:\"((?:[^\"]|\"\")*)\"|([^,\"]*)),([0-9.]+),([0-9]+)");

  private Sample() {}

  static List<Item> items() {
    List<Item> items = new ArrayList<>();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                Sample.class.getResourceAsStream("items.csv"), StandardCharsets.UTF_8))) {
      lines.readLine();
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        items.add(item(line));
      }
      return items;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Item item(String line) {
    Matcher cells = LINE.matcher(line);
    if (!cells.matches()) {
      throw new IllegalStateException("Not a line of the sample: " + line);
    }
    String name = cells.group(2) == null ? cells.group(3) : cells.group(2).replace("\"\"", "\"");
    return new Item(
        cells.group(1), name, new BigDecimal(cells.group(4)), Integer.parseInt(cells.group(5)), 0);
  }
}
