package org.ladang.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The live stock board in the real distribution, before a real HTTP server that has its bad days. */
class LivestockIT {
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final String ITEM = "10002";

  @TempDir static Path folder;
  private static ChatServer chat;
  private static Ladang ladang;

  @BeforeAll
  static void start() {
    chat = new ChatServer();
    ladang = Ladang.on(folder.resolve("home")).start();
    ladang.drop(Distribution.jar("samples", "org.ladang.plugin.livestock"), "livestock.jar");
    ladang.awaitPlugin("livestock", "ACTIVE");
    set("org.ladang.plugin.livestock", "url", chat.url());
    set("org.ladang.plugin.livestock", "refreshSeconds", "1");
    String policy = "org.ladang.breaker.policy~board";
    set(policy, "name", "livestock/buttons");
    set(policy, "degraded", "SIMPLIFIED");
    set(policy, "attempts", "4");
    set(policy, "baseDelayMillis", "50");
    set(policy, "successesToClose", "1");
    set(policy, "waitMillis", "4000");
    assertThat(ladang.shell("livestock:load").object()).containsEntry("items", 3_727);
  }

  @AfterAll
  static void stop() {
    ladang.close();
    chat.close();
  }

  private static void set(String pid, String key, String value) {
    ladang.shell("config:set", "pid=" + pid, "key=" + key, "value=" + value).succeeded();
  }

  private static void open(String channel) {
    ladang.shell("livestock:open", "channel=" + channel).succeeded();
  }

  private static String mode(String channel) {
    return ladang.shell("livestock:boards").list().stream()
        .filter(b -> channel.equals(b.get("channel")))
        .map(b -> b.get("mode").toString())
        .findFirst()
        .orElse("");
  }

  private static String press(String channel, String button) {
    return ladang
        .shell("livestock:press", "channel=" + channel, "button=" + button, "user=sari")
        .toString();
  }

  private static int stock() {
    return ((Number) ladang.shell("livestock:item", "code=" + ITEM).object().get("stock"))
        .intValue();
  }

  private static List<Map<String, Object>> events(String type) {
    return ladang.shell("ladang:events", "type=" + type, "limit=50").list();
  }

  @Test
  void aBoardShowsItemsIsBoughtFromTurnedAndTakenAway() {
    open("shop");
    Ladang.await("the board", SOON, () -> chat.hasButtons("shop"));
    assertThat(chat.text("shop")).contains("INFLATABLE POLITICAL GLOBE", "£0.85");
    assertThat(events("livestock.button_created").toString()).contains("shop");

    int before = stock();
    assertThat(press("shop", "buy:" + ITEM)).contains("sari bought INFLATABLE POLITICAL GLOBE");
    assertThat(stock()).isEqualTo(before - 1);
    Ladang.await(
        "the board follows", SOON, () -> chat.text("shop").contains((before - 1) + " left"));
    assertThat(press("shop", "details:" + ITEM)).contains("(10002)");
    press("shop", "page:2");
    Ladang.await("page 2", SOON, () -> chat.text("shop").startsWith("Stock, page 2 of 932"));
    assertThat(press("shop", "sell:" + ITEM)).contains("LADANG-LIVESTOCK-005");

    chat.forget("shop");
    Ladang.await("a message that was deleted is back", SOON, () -> chat.hasButtons("shop"));
    assertThat(chat.in("shop")).hasSize(1);

    ladang.shell("livestock:shut", "channel=shop").succeeded();
    assertThat(chat.in("shop")).isEmpty();
  }

  @Test
  void aFaultOrTwoIsTriedOverAndMakesOneMessage() {
    chat.failNext(2);
    open("retried");
    Ladang.await("the board", SOON, () -> "full".equals(mode("retried")));
    assertThat(chat.in("retried")).hasSize(1);
    Map<String, Object> stats = ladang.shell("livestock:stats").object();
    assertThat(((Number) stats.get("retries")).intValue()).isGreaterThanOrEqualTo(2);
    assertThat(((Number) stats.get("creationSuccess")).doubleValue()).isBetween(0.1, 0.99);
    ladang.shell("livestock:shut", "channel=retried").succeeded();
  }

  @Test
  void withoutButtonsABoardIsSimplifiedTheBreakerOpensAndAllComesBackByItself() {
    open("market");
    Ladang.await("the board", SOON, () -> "full".equals(mode("market")));
    chat.fault(ChatServer.Fault.NO_BUTTONS);
    try {
      press("market", "refresh");
      Ladang.await(
          "it is simplified",
          SOON,
          () -> "simplified".equals(mode("market")) && !chat.hasButtons("market"));
      assertThat(chat.text("market"))
          .contains("INFLATABLE POLITICAL GLOBE", "livestock:buy CODE buys");
      assertThat(events("livestock.button_failed").toString()).contains("no buttons today");
      Ladang.await("the breaker opens", SOON, () -> events("breaker.open").size() > 0);
      assertThat(ladang.shell("health:run", "tags=livestock").toString())
          .contains("DEGRADED", "simplified");
      int before = stock();
      ladang.shell("livestock:buy", "code=" + ITEM).succeeded();
      Ladang.await(
          "it still shows the stock",
          SOON,
          () -> chat.text("market").contains((before - 1) + " left"));
    } finally {
      chat.fault(ChatServer.Fault.NONE);
    }
    Ladang.await(
        "its buttons are back",
        SOON,
        () -> "full".equals(mode("market")) && chat.hasButtons("market"));
    assertThat(chat.in("market")).hasSize(1);
    ladang.shell("livestock:shut", "channel=market").succeeded();
  }

  @Test
  void aServerThatIsClosedIsSaidSoAndItsBoardIsBackWhenItOpens() {
    open("fair");
    Ladang.await("the board", SOON, () -> "full".equals(mode("fair")));
    chat.fault(ChatServer.Fault.NOTHING);
    try {
      Ladang.await("it is unreachable", SOON, () -> "unreachable".equals(mode("fair")));
      assertThat(ladang.shell("livestock:boards").toString()).contains("503");
    } finally {
      chat.fault(ChatServer.Fault.NONE);
    }
    Ladang.await("it is back", Duration.ofSeconds(90), () -> "full".equals(mode("fair")));
    ladang.shell("livestock:shut", "channel=fair").succeeded();
  }

  @Test
  void theShellShowsABoardWithoutAnyServer() {
    open("shelf");
    assertThat(ladang.shell("livestock:show", "channel=shelf").toString())
        .contains("[Buy INFLATABLE POLITICAL GLOBE] [Details 10002]", "(Back) [Refresh] [Next]");
    ladang.shell("livestock:shut", "channel=shelf").succeeded();
    assertThat(ladang.shell("livestock:open", "channel=../x").toString())
        .contains("LADANG-LIVESTOCK-006");
    assertThat(ladang.shell("livestock:refresh", "channel=nowhere").toString())
        .contains("LADANG-LIVESTOCK-004");
  }
}
