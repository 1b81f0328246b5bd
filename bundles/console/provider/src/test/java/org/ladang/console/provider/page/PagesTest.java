package org.ladang.console.provider.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.ladang.console.WebResponse;
import org.ladang.kernel.action.ActionInfo;
import org.ladang.kernel.action.Effect;
import org.ladang.kernel.action.Role;

class PagesTest {
  private static final String MARKUP = "\"><script>alert(1)</script><img src=x onerror='a'>";

  private final Pages pages = new Pages();

  @Test
  void markupIsTextInTextsAndInAttributes() {
    String text = Html.tag("p", Html.attr("title", MARKUP), MARKUP).render();
    assertThat(text).doesNotContain("<script", "<img").contains("&lt;script");
    assertThat(text.indexOf('"', text.indexOf("title=\"") + 7)).isEqualTo(text.indexOf("\">"));
  }

  @Test
  void markupInEveryAnswerOfARoomIsText() {
    Answers answers = Answers.healthy(1);
    answers.values.put("plugin:list", List.of(Answers.plugin(MARKUP, MARKUP, MARKUP, MARKUP)));
    answers.values.put("ladang:status", Map.of("ready", true, "version", MARKUP, "node", MARKUP));
    answers.values.put(
        "ladang:events",
        List.of(
            Map.of(
                "type",
                MARKUP,
                "severity",
                MARKUP,
                "subject",
                MARKUP,
                "sentence",
                MARKUP,
                "at",
                "2026-03-01T14:04:00Z")));
    answers.values.put(
        "console:log",
        List.of(Map.of("at", MARKUP, "level", MARKUP, "text", MARKUP, "trace", MARKUP)));
    answers.values.put(
        "deploy:generations", List.of(Map.of("number", 1, "at", MARKUP, "who", MARKUP)));
    answers.values.put("deploy:list", List.of(Map.of("file", MARKUP)));
    answers.values.put(
        "config:list", List.of(Map.of("pid", MARKUP, "name", MARKUP, "title", MARKUP)));
    for (WebResponse page :
        List.of(
            pages.overview(answers.visit(Role.ADMIN, "/console")).toCompletableFuture().join(),
            pages
                .plugins(answers.visit(Role.ADMIN, "/console/plugins"))
                .toCompletableFuture()
                .join(),
            pages.deploy(answers.visit(Role.ADMIN, "/console/deploy")).toCompletableFuture().join(),
            pages.config(answers.visit(Role.ADMIN, "/console/config")).toCompletableFuture().join(),
            pages
                .events(answers.visit(Role.ADMIN, "/console/events"))
                .toCompletableFuture()
                .join())) {
      assertThat(page.text()).doesNotContain("<script>", "<img").contains("&lt;script&gt;");
      assertThat(page.headers().get("Content-Security-Policy").get(0)).doesNotContain("unsafe");
    }
  }

  @Test
  void aFormIsMadeFromTheSchemaAndADangerousActionSaysSo() {
    Answers answers = Answers.healthy(0);
    answers.offers(
        "shard:move",
        Role.OPERATOR,
        Effect.DANGER,
        Map.of(
            "bucket", Map.of("type", "integer", "description", "Which."),
            "mode", Map.of("type", "string", "enum", List.of("FAST", "SAFE")),
            "dryRun", Map.of("type", "boolean")));
    ActionInfo action = answers.find("shard:move").orElseThrow();
    String form = ActionForm.of(answers.visit(Role.OPERATOR, "/"), action, Map.of()).render();
    assertThat(form)
        .contains(
            "type=\"number\"",
            "<option value=\"SAFE\">",
            "data-effect=\"DANGER\"",
            "data-dry-run=\"dryRun\"");
    assertThat(ActionForm.of(answers.visit(Role.VIEWER, "/"), action, Map.of()).render())
        .contains("disabled", "needs OPERATOR; you are VIEWER");
  }

  @Test
  void bucketsAreDrawnByRangeOrByCount() {
    Answers answers = Answers.healthy(0);
    answers.offers("shard:map", Role.VIEWER, Effect.READ, Map.of());
    answers.values.put(
        "shard:map", Map.of("version", 3, "buckets", Map.of("shard-0", 8192, "shard-1", 8192)));
    assertThat(shards(answers)).contains("put together by shard", "shard-1: 8192 buckets");
    answers.values.put(
        "shard:map",
        List.of(
            Map.of("shard", "shard-0", "from", 0, "to", 129),
            Map.of("shard", "shard-1", "buckets", List.of("130-16383"))));
    assertThat(shards(answers))
        .contains(
            "the first at the top left", "shard-1: 16254 buckets", "M0 0h128v1h-128zM0 1h2v1h-2z")
        // Each closed: else the first would hold the second, and a browser draws only one.
        .contains("</title></path><path", "</path></svg>");
  }

  @Test
  void aShardSaysHowFarItsCopyIsBehindAndAPluginHowOftenItWasStartedAgain() {
    Answers answers = Answers.healthy(1);
    answers.offers("shard:rebuild", Role.OPERATOR, Effect.DANGER, Map.of("shard", Map.of()));
    answers.values.put(
        "shard:list",
        List.of(
            Map.of(
                "id",
                "shard-3",
                "state",
                "OK",
                "rows",
                7,
                "bytes",
                2048,
                "buckets",
                1638,
                "reads",
                Map.of("count", 9, "p50", "PT0.002S", "p99", "PT0.03S"))));
    answers.values.put("shard:info", Map.of("lag", "PT2S", "replica", "in step"));
    assertThat(shards(answers))
        .contains("2.00 ms, 30 ms", ">2 s<", "in step", "2.0 KiB", "data-action=\"shard/rebuild\"");
    answers.values.put(
        "ladang:events", List.of(Map.of("subject", "plugin-0"), Map.of("subject", "plugin-0")));
    assertThat(overview(answers, "/console", ""))
        .contains("<td class=\"figure\">2</td>", "type=swap.restart");
  }

  @Test
  void whatDiffersBetweenTwoGenerationsIsShownBeforeOneGoesBack() {
    Answers answers = Answers.healthy(0);
    answers.offers("deploy:generations", Role.VIEWER, Effect.READ, Map.of());
    answers.values.put("deploy:history", List.of());
    answers.values.put("deploy:list", List.of());
    answers.values.put(
        "deploy:generations",
        List.of(Map.of("number", 5, "present", true), Map.of("number", 4, "present", false)));
    answers.values.put("deploy:diff", List.of(Map.of("name", "billing", "what", "REPLACED")));
    Map<String, List<String>> query = Map.of("from", List.of("5"), "to", List.of("4"));
    assertThat(
            pages
                .deploy(answers.visit(Role.VIEWER, "/console/deploy", query))
                .toCompletableFuture()
                .join()
                .text())
        .contains("?from=5&amp;to=4", "From generation 5 to 4", "REPLACED");
  }

  @Test
  void aBreakerIsShownOverTimeAndAPoolWithItsShares() {
    Answers answers = Answers.healthy(0);
    answers.offers("breaker:info", Role.VIEWER, Effect.READ, Map.of());
    answers.offers("breaker:force", Role.OPERATOR, Effect.CHANGE, Map.of());
    answers.offers("balancer:stats", Role.VIEWER, Effect.READ, Map.of());
    answers.values.put(
        "breaker:list",
        List.of(
            Map.of("policy", "plugin/wells", "state", "HALF_OPEN", "cause", MARKUP, "health", 40)));
    answers.values.put(
        "breaker:info",
        Map.of(
            "settings",
                Map.of("retry", Map.of("attempts", 3, "budgetShare", 0.2, "budgetPerSecond", 10)),
            "measures", Map.of("calls", 100, "retries", 7, "meanResponse", "PT0.002S"),
            "health",
                Map.of(
                    "terms",
                    List.of(Map.of("name", "errors", "points", 10, "most", 50, "why", MARKUP)))));
    answers.values.put(
        "ladang:events",
        List.of(
            change("2026-03-01T14:00:00Z", "OPEN", "HALF_OPEN"),
            change("2026-03-01T13:35:00Z", "CLOSED", "OPEN")));
    answers.values.put(
        "balancer:list",
        Map.of(
            "pools",
            List.of(
                Map.of(
                    "pool",
                    "http",
                    "algorithm",
                    "peak-ewma",
                    "available",
                    1,
                    "endpoints",
                    2,
                    "panic",
                    true))));
    answers.values.put(
        "balancer:stats",
        Map.of(
            "endpoints",
            List.of(Map.of("id", "north", "state", "EJECTED", "share", 0.25, "meanMillis", 3.14))));

    String page =
        pages
            .resilience(answers.visit(Role.VIEWER, "/console/resilience"))
            .toCompletableFuture()
            .join()
            .text();

    // An hour to 14:05 is 240 wide: closed for 30 minutes, open for 25, half open for 5.
    assertThat(page)
        .contains(
            "class=\"breaker-closed\" x=\"0.00\" width=\"120.00\"",
            "class=\"breaker-open\" x=\"120.00\" width=\"100.00\"",
            "class=\"breaker-half-open\" x=\"220.00\" width=\"20.00\"",
            "half open</span>",
            ">20 and 10/s<",
            "errors: 10 of 50.",
            "http: peak-ewma, 1 of 2 may be called; so few are well that all are called",
            "value=\"0.25\"",
            "needs OPERATOR; you are VIEWER")
        .doesNotContain("<script>", "<img");
  }

  private static Map<String, Object> change(String at, String from, String to) {
    return Map.of("at", at, "subject", "plugin/wells", "details", Map.of("from", from, "to", to));
  }

  private String shards(Answers answers) {
    return pages
        .shards(answers.visit(Role.VIEWER, "/console/shards"))
        .toCompletableFuture()
        .join()
        .text();
  }

  @Test
  void amongFiveHundredPluginsTypingFindsThoseThatTheFirstPageDoesNotList() {
    Answers answers = Answers.healthy(500);
    assertThat(overview(answers, "/console", ""))
        .contains("500 plugins, the first 200 of them", "plugin-199<")
        .doesNotContain("plugin-200<");
    assertThat(overview(answers, "/console", "PLUGIN-49"))
        .contains("11 of 500 plugins", "plugin-499<", "value=\"PLUGIN-49\"")
        .doesNotContain("plugin-1<");
    assertThat(overview(answers, "/console", MARKUP))
        .contains("None of 500 plugins matches")
        .doesNotContain("<script>alert");
  }

  private String overview(Answers answers, String address, String words) {
    Map<String, List<String>> query = Map.of("plugins", List.of(words), "last", List.of("6h"));
    return pages
        .overview(answers.visit(Role.VIEWER, address, query))
        .toCompletableFuture()
        .join()
        .text();
  }

  /** The figure of the issue: 20 ms for 500 plugins. Only what the console itself does; ratio and rest in the benchmark. */
  @Test
  void theFirstPageOfFiveHundredPluginsIsMadeInTwentyMilliseconds() {
    Answers answers = Answers.healthy(500);
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long[] nanos = new long[301];
    int bytes = 0;
    for (int i = 0; i < nanos.length; i++) {
      // Time of this thread alone: the machine may be busy with other things.
      long began = threads.getCurrentThreadCpuTime();
      bytes =
          pages
              .overview(answers.visit(Role.ADMIN, "/console"))
              .toCompletableFuture()
              .join()
              .body()
              .length;
      nanos[i] = threads.getCurrentThreadCpuTime() - began;
    }
    Arrays.sort(nanos);
    System.out.printf(
        "first page, 500 plugins: p50 %.2f ms CPU, %,d bytes%n", nanos[150] / 1e6, bytes);
    assertThat(nanos[150]).isLessThan(20_000_000);
    assertThat(bytes).isLessThan(300_000);
  }
}
