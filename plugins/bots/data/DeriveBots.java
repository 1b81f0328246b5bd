import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

/**
 * Derives the sample of 6,993 bots from the two lists beside this file. Deterministic: the same lists give the same
 * bytes. Needs a JDK and nothing else:
 *
 * <pre>java plugins/bots/data/DeriveBots.java plugins/bots/data bots.csv</pre>
 *
 * <p>What is real and what is not, and how the number comes about, stands in the plugin's README.
 */
public final class DeriveBots {
  private static final List<String> REGIONS = List.of("eu", "us", "ap");
  /** Sites that describe the bots of others: they are not the operators. */
  private static final List<String> DIRECTORIES =
      List.of("datadome.co", "knownagents.com", "darkvisitors.com", "github.com");

  private static final String HEADER =
      "id,name,category,operator,user_agent,url,status,added,region,source";
  private static final int EXPECTED = 6_993;

  private final List<String[]> rows = new ArrayList<>();

  private DeriveBots() {}

  /** Reads the lists in the folder {@code args[0]} and writes the file {@code args[1]}. */
  public static void main(String[] args) throws IOException {
    if (args.length != 2) {
      throw new IllegalArgumentException("Usage: java DeriveBots.java FOLDER OUTPUT");
    }
    Path folder = Path.of(args[0]);
    DeriveBots derive = new DeriveBots();
    derive.crawlers(list(parse(folder.resolve("crawler-user-agents.json.gz"))));
    derive.robots(map(parse(folder.resolve("ai-robots.json.gz"))));
    derive.write(Path.of(args[1]));
  }

  /** One bot for each user agent of a crawler, or one for a crawler of which no user agent is known; in each region. */
  private void crawlers(List<Object> crawlers) {
    TreeSet<String> tags = new TreeSet<>();
    for (Object entry : crawlers) {
      Map<String, Object> crawler = map(entry);
      List<String> tagged = list(crawler.getOrDefault("tags", List.of())).stream().map(String::valueOf).toList();
      tags.addAll(tagged);
      String description = text(crawler, "description");
      String url = text(crawler, "url");
      String category = Categories.of(tagged, description, url);
      List<Object> agents = list(crawler.getOrDefault("instances", List.of()));
      for (Object agent : agents.isEmpty() ? List.<Object>of("") : agents) {
        deploy(
            name(text(crawler, "pattern")),
            category,
            host(url),
            String.valueOf(agent),
            url,
            retired(description),
            text(crawler, "addition_date").replace('/', '-'),
            "crawler-user-agents");
      }
    }
    for (String tag : tags) {
      add("supervisor " + tag, "infrastructure", "ladang sample", "", "", "active", "", "eu", "invented");
    }
  }

  /** One bot for each AI robot, in each region. */
  private void robots(Map<String, Object> robots) {
    robots.forEach(
        (name, entry) -> {
          Map<String, Object> robot = map(entry);
          String operator = text(robot, "operator");
          deploy(name, "ai_ml", operator(operator), name, link(operator), false, "", "ai.robots.txt");
        });
  }

  private void deploy(
      String name,
      String category,
      String operator,
      String agent,
      String url,
      boolean retired,
      String added,
      String source) {
    for (String region : REGIONS) {
      String status = region.equals("ap") ? "idle" : "active";
      if (agent.isEmpty()) {
        status = "offline";
      }
      if (retired) {
        status = "retired";
      }
      add(name, category, operator, agent, url, status, added, region, source);
    }
  }

  private void add(String... fields) {
    String[] row = new String[fields.length + 1];
    row[0] = "bot-" + (rows.size() + 1);
    System.arraycopy(fields, 0, row, 1, fields.length);
    rows.add(row);
  }

  private void write(Path output) throws IOException {
    if (rows.size() != EXPECTED) {
      throw new IllegalStateException("Expected " + EXPECTED + " bots, derived " + rows.size());
    }
    Files.createDirectories(output.toAbsolutePath().getParent());
    try (Writer writer = Files.newBufferedWriter(output, StandardCharsets.UTF_8)) {
      writer.write(HEADER + "\n");
      for (String[] row : rows) {
        List<String> cells = new ArrayList<>();
        for (String cell : row) {
          cells.add(quoted(cell));
        }
        writer.write(String.join(",", cells) + "\n");
      }
    }
  }

  private static String quoted(String cell) {
    return cell.matches("(?s).*[\",\\r\\n].*") ? '"' + cell.replace("\"", "\"\"") + '"' : cell;
  }

  /** The words of a pattern, a regular expression: {@code "yandex\.com\/bots"} is {@code "yandex.com/bots"}. */
  private static String name(String pattern) {
    String plain = pattern.replaceAll("\\\\b", "").replaceAll("\\\\([^a-zA-Z0-9])", "$1");
    plain = plain.replaceAll("[\\^$]", "").replaceAll("\\(\\?[:=!][^)]*\\)", "").replaceAll("\\[([^\\]])[^\\]]*\\]", "$1");
    plain = plain.replaceAll("\\(([^|()]*)\\|[^()]*\\)", "$1").split("\\|", 2)[0];
    plain = plain.replaceAll("[/;,() -]+$", "").replaceAll("^[/;, ]+", "").strip();
    return plain.isEmpty() ? pattern : plain;
  }

  private static boolean retired(String description) {
    return description
        .toLowerCase(Locale.ROOT)
        .matches("(?s).*\\b(legacy|retired|discontinued|deprecated|defunct|no longer|shut down)\\b.*");
  }

  /** {@code "[Ai2](https://allenai.org)"} is {@code "Ai2"}; what the list does not know is nobody. */
  private static String operator(String text) {
    if (text.startsWith("Unclear") || text.isBlank()) {
      return "unknown";
    }
    String plain = text.replaceAll("\\[([^\\]]*)\\]\\([^)]*\\)", "$1");
    return plain.split(", | \\(| that | to |\\. ", 2)[0].strip();
  }

  private static String link(String operator) {
    Matcher matcher =
        Pattern.compile("\\((https?://[^)]*)\\)").matcher(operator);
    return matcher.find() ? matcher.group(1) : "";
  }

  private static String host(String url) {
    Matcher matcher =
        Pattern.compile("^https?://(?:www\\.)?([^/:?#]+)").matcher(url);
    String host = matcher.find() ? matcher.group(1).toLowerCase(Locale.ROOT) : "unknown";
    return DIRECTORIES.contains(host) ? "unknown" : host;
  }

  private static Object parse(Path gz) throws IOException {
    try (GZIPInputStream in = new GZIPInputStream(Files.newInputStream(gz))) {
      return new Json(new String(in.readAllBytes(), StandardCharsets.UTF_8)).value();
    }
  }

  private static String text(Map<String, Object> map, String key) {
    return map.get(key) instanceof String s ? s.strip() : "";
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> map(Object value) {
    return (Map<String, Object>) value;
  }

  @SuppressWarnings("unchecked")
  private static List<Object> list(Object value) {
    return (List<Object>) value;
  }

  /** From the lists' tags to the plugin's categories. */
  private static final class Categories {
    private static final Map<String, String> BY_TAG = new LinkedHashMap<>();

    static {
      BY_TAG.put("ai-crawler", "ai_ml");
      BY_TAG.put("scanner", "security");
      BY_TAG.put("monitoring", "infrastructure");
      BY_TAG.put("archiver", "infrastructure");
      BY_TAG.put("http-library", "api_integration");
      BY_TAG.put("feed-reader", "api_integration");
      BY_TAG.put("social-preview", "platform_specific");
      BY_TAG.put("browser-automation", "platform_specific");
      BY_TAG.put("seo", "data_analytics");
      BY_TAG.put("advertising", "data_analytics");
      BY_TAG.put("academic", "data_analytics");
      BY_TAG.put("search-engine", "data_analytics");
    }

    /** What serves one country or language is localization; else the first tag of the table that fits. */
    static String of(List<String> tags, String description, String url) {
      if (!tags.contains("scanner") && !tags.contains("ai-crawler") && local(description, url)) {
        return "localization";
      }
      return BY_TAG.entrySet().stream()
          .filter(e -> tags.contains(e.getKey()))
          .map(Map.Entry::getValue)
          .findFirst()
          .orElse("infrastructure");
    }

    private static boolean local(String description, String url) {
      String host = host(url);
      boolean country =
          host.matches(".*\\.(jp|ru|de|fr|it|es|nl|se|no|dk|fi|pl|cz|sk|hu|ro|gr|tr|ua|kr|cn|tw|vn|th|id|in|ir|br|ar|mx|uk|at|ch|be|pt|bg|hr|lt|lv|ee|il|za|au|nz|ca)");
      String language =
          "translat|locali[sz]ation|japan|china|chinese|korea|russia|german|french|italian|spanish|polish|czech"
              + "|turkish|vietnam|portug|brazil|swedish|dutch|indonesia|ukrain|hungar|arab|persian|hebrew";
      return country
          || description.toLowerCase(Locale.ROOT).matches("(?s).*\\b(" + language + ").*");
    }
  }

  /** Reads JSON; knows what the two lists need, and fails loudly on anything else. */
  private static final class Json {
    private final String text;
    private int at;

    Json(String text) {
      this.text = text;
    }

    Object value() {
      skip();
      return switch (text.charAt(at)) {
        case '{' -> object();
        case '[' -> array();
        case '"' -> string();
        case 't' -> word("true", true);
        case 'f' -> word("false", false);
        case 'n' -> word("null", "");
        default -> throw new IllegalArgumentException("Unexpected character at " + at);
      };
    }

    private Map<String, Object> object() {
      Map<String, Object> members = new LinkedHashMap<>();
      at++;
      while (next() != '}') {
        String key = string();
        skip();
        expect(':');
        members.put(key, value());
        if (next() == ',') {
          at++;
        }
      }
      at++;
      return members;
    }

    private List<Object> array() {
      List<Object> items = new ArrayList<>();
      at++;
      while (next() != ']') {
        items.add(value());
        if (next() == ',') {
          at++;
        }
      }
      at++;
      return items;
    }

    private String string() {
      skip();
      expect('"');
      StringBuilder out = new StringBuilder();
      while (text.charAt(at) != '"') {
        char c = text.charAt(at++);
        out.append(c == '\\' ? escape() : c);
      }
      at++;
      return out.toString();
    }

    private char escape() {
      char c = text.charAt(at++);
      return switch (c) {
        case 'n' -> '\n';
        case 't' -> '\t';
        case 'r' -> '\r';
        case 'b' -> '\b';
        case 'f' -> '\f';
        case 'u' -> {
          at += 4;
          yield (char) Integer.parseInt(text.substring(at - 4, at), 16);
        }
        default -> c;
      };
    }

    private Object word(String word, Object meaning) {
      if (!text.startsWith(word, at)) {
        throw new IllegalArgumentException("Unexpected word at " + at);
      }
      at += word.length();
      return meaning;
    }

    private char next() {
      skip();
      return text.charAt(at);
    }

    private void skip() {
      while (Character.isWhitespace(text.charAt(at))) {
        at++;
      }
    }

    private void expect(char wanted) {
      if (text.charAt(at++) != wanted) {
        throw new IllegalArgumentException("Expected " + wanted + " at " + (at - 1));
      }
    }
  }
}
