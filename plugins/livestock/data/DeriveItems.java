import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import java.util.zip.GZIPInputStream;

/**
 * Derives the items of the sample from the invoice lines beside this file. Deterministic: the same lines give the same
 * bytes. Needs a JDK and nothing else:
 *
 * <pre>java plugins/livestock/data/DeriveItems.java plugins/livestock/data items.csv</pre>
 *
 * <p>Code, name and price are real. The list has no stock: that is made up, and says so in the plugin's README.
 */
public final class DeriveItems {
  /** Goods have five digits and perhaps letters; postage, fees, samples and corrections do not. */
  private static final Pattern GOODS = Pattern.compile("[0-9]{5}[A-Z]{0,2}");

  /** Names of goods are in capitals; notes about damage and the like are not. */
  private static final Pattern NOTE = Pattern.compile(".*[a-z].*|.*\\?.*");

  private record Item(String code, String name, BigDecimal price, String date) {}

  private DeriveItems() {}

  /** Reads the list in the folder {@code args[0]} and writes the file {@code args[1]}. */
  public static void main(String[] args) throws IOException {
    if (args.length != 2) {
      throw new IllegalArgumentException("Usage: java DeriveItems.java FOLDER OUTPUT");
    }
    Map<String, Item> items = new TreeMap<>();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(
                    Files.newInputStream(Path.of(args[0]).resolve("online-retail-items.csv.gz"))),
                StandardCharsets.UTF_8))) {
      lines.readLine();
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        take(cells(line), items);
      }
    }
    write(items, Path.of(args[1]));
  }

  /** The latest line of a code says what it is called and what it costs. */
  private static void take(List<String> cells, Map<String, Item> items) {
    String code = cells.get(1).strip().toUpperCase(Locale.ROOT);
    String name = cells.get(2).strip().replaceAll("\\s+", " ");
    BigDecimal price = new BigDecimal(cells.get(5).strip());
    boolean sold = !cells.get(3).strip().startsWith("-") && price.signum() > 0;
    if (!sold || !GOODS.matcher(code).matches() || name.isEmpty() || NOTE.matcher(name).matches()) {
      return;
    }
    Item item = new Item(code, name, price.setScale(2, java.math.RoundingMode.HALF_UP), cells.get(4));
    items.merge(code, item, (a, b) -> b.date().compareTo(a.date()) >= 0 ? b : a);
  }

  private static void write(Map<String, Item> items, Path file) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    try (Writer out = Files.newBufferedWriter(file)) {
      out.write("code,name,price,stock\n");
      for (Item item : items.values()) {
        out.write(
            item.code() + "," + quoted(item.name()) + "," + item.price() + "," + stock(item.code()) + "\n");
      }
    }
  }

  /** Made up: 0 to 60, the same for a code every time; about one of twenty is sold out. */
  private static long stock(String code) {
    CRC32 sum = new CRC32();
    sum.update(code.getBytes(StandardCharsets.US_ASCII));
    return Math.max(0, sum.getValue() % 64 - 3);
  }

  private static String quoted(String text) {
    return text.contains(",") || text.contains("\"") ? '"' + text.replace("\"", "\"\"") + '"' : text;
  }

  private static List<String> cells(String line) {
    List<String> cells = new ArrayList<>();
    StringBuilder cell = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '"' && quoted && i + 1 < line.length() && line.charAt(i + 1) == '"') {
        cell.append('"');
        i++;
      } else if (c == '"') {
        quoted = !quoted;
      } else if (c == ',' && !quoted) {
        cells.add(cell.toString());
        cell.setLength(0);
      } else {
        cell.append(c);
      }
    }
    cells.add(cell.toString());
    return cells;
  }
}
