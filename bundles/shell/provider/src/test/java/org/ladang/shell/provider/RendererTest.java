package org.ladang.shell.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ladang.shell.provider.Bots.map;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RendererTest {
  private static final List<Map<String, Object>> BOTS =
      List.of(
          map("id", "bot-1", "calls", 12, "lastSeen", null, "note", "a long remark about nothing"),
          map("id", "bot-22", "calls", 1234.5678, "lastSeen", null, "tags", List.of("a", "b")));

  @Test
  void aListOfRecordsIsATable() {
    assertThat(Renderer.text(BOTS, 0))
        .isEqualTo(
            """
            ID         CALLS  LAST SEEN  NOTE                         TAGS
            bot-1         12  -          a long remark about nothing  -
            bot-22  1234.568  -          -                            a, b""");
  }

  @Test
  void theWidestColumnGivesWayFirst() {
    String text = Renderer.text(BOTS, 50);
    assertThat(text)
        .isEqualTo(
            """
            ID         CALLS  LAST SEEN  NOTE             TAGS
            bot-1         12  -          a long remark…   -
            bot-22  1234.568  -          -                a, b""");
    assertThat(text.lines()).allMatch(line -> line.length() <= 50);
  }

  @Test
  void columnsStayReadableOnATinyScreen() {
    assertThat(Renderer.text(BOTS, 5).lines().findFirst().orElseThrow())
        .isEqualTo("ID       CALLS  LAST…   NOTE    TAGS");
  }

  @Test
  void aRecordIsKeysAndValuesAndWhatIsNestedIsIndented() {
    Map<String, Object> stats =
        map(
            "total", 6993,
            "healthy", true,
            "perCategory", map("ai_ml", 12, "security", 7),
            "slowest", List.of(map("id", "bot-1", "p99", 0.25)),
            "tags", List.of("x", "y"),
            "none", null,
            "empty", List.of());
    assertThat(Renderer.text(stats, 80))
        .isEqualTo(
            """
            total    6993
            healthy  true
            perCategory
              ai_ml     12
              security  7
            slowest
              ID      P99
              bot-1  0.25
            tags     x, y
            none     -
            empty    -""");
  }

  @Test
  void whatIsNothingSaysSo() {
    assertThat(Renderer.text(null, 0)).isEqualTo("done");
    assertThat(Renderer.text(List.of(), 0)).isEqualTo("none");
    assertThat(Renderer.text(Map.of(), 0)).isEqualTo("nothing");
  }

  @Test
  void plainValuesArePlain() {
    assertThat(Renderer.text("two\nlines", 0)).isEqualTo("two\nlines");
    assertThat(Renderer.text(42L, 0)).isEqualTo("42");
    assertThat(Renderer.text(Arrays.asList("a", null, 3), 0)).isEqualTo("a\n-\n3");
  }

  @Test
  void textOfSeveralLinesStaysUnderItsKey() {
    assertThat(Renderer.text(map("id", "x", "why", "first\nsecond"), 0))
        .isEqualTo("id   x\nwhy  first\n     second");
  }

  @Test
  void fractionsAreShortUnlessTheyAreTiny() {
    assertThat(Renderer.text(List.of(0.1 + 0.2, 2.0, 0.0000004, 0.0, 1e9), 0))
        .isEqualTo("0.3\n2\n4.0E-7\n0\n1000000000");
  }

  @Test
  void timesAreAsPeopleReadThem() {
    assertThat(
            Renderer.text(
                List.of(
                    "2026-01-31T12:00:00.123456Z",
                    "2026-01-31T12:00:00Z",
                    "PT0.01234S",
                    "PT0S",
                    "PT10.9S",
                    "PT2M3S",
                    "PT25H1M",
                    "PT3H4M5S",
                    "PT100S",
                    "PT",
                    "PTERODACTYL"),
                0))
        .isEqualTo(
            """
            2026-01-31T12:00:00Z
            2026-01-31T12:00:00Z
            12.34 ms
            0 ms
            10.9 s
            2 min 3 s
            1 d 1 h
            3 h 4 min
            1 min 40 s
            PT
            PTERODACTYL""");
    assertThat(Renderer.text(map("uptime", "PT10.9S"), 0)).isEqualTo("uptime  10.9 s");
  }

  @Test
  void dataCannotSteerTheTerminal() {
    String evil = "a\u001B[2Jb\u0007\u009Bc\nd";
    assertThat(Renderer.text(List.of(map("id", evil)), 0))
        .doesNotContain("\u001B", "\u0007", "\u009B");
    assertThat(Renderer.text(evil, 0)).isEqualTo("a\uFFFD[2Jb\uFFFD\uFFFDc\nd");
  }

  @Test
  void charactersOutsideOfTheFirstPlaneAreCutWhole() {
    String text = Renderer.text(List.of(map("a", "🌾".repeat(30))), 10);
    assertThat(text).isEqualTo("A\n" + "🌾".repeat(9) + "…");
  }

  @Test
  void jsonIsExact() {
    assertThat(Renderer.json(map("a", 0.30000000000000004, "b", null, "c", List.of(1))))
        .isEqualTo("{\"a\":0.30000000000000004,\"b\":null,\"c\":[1]}");
    assertThat(Renderer.json(null)).isEqualTo("null");
  }
}
