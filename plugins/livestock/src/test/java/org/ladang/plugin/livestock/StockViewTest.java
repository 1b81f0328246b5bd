package org.ladang.plugin.livestock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.felix.hc.api.Result;
import org.junit.jupiter.api.Test;
import org.ladang.kernel.LadangException;

class StockViewTest {
  private static Item item(String code, int stock) {
    return new Item(
        code,
        "A VERY LONG NAME OF AN ITEM THAT NEVER SEEMS TO END",
        new BigDecimal("2.50"),
        stock,
        1);
  }

  @Test
  void everyPageOfTheSampleKeepsTheRulesAndEveryButtonDoesSomething() {
    List<Item> sample = Sample.items();
    int pages = (sample.size() + 3) / 4;
    for (int page = 1; page <= pages; page++) {
      Message message =
          StockView.page(
              sample.subList((page - 1) * 4, Math.min(page * 4, sample.size())), page, pages);
      assertThatCode(() -> ButtonRules.check(message)).doesNotThrowAnyException();
      assertThat(message.buttons()).allMatch(b -> Presses.knows(b.id()));
    }
  }

  @Test
  void whatIsSoldOutCannotBeBoughtAndTheEndsCannotBePassed() {
    Message message = StockView.page(List.of(item("10001", 0), item("10002", 3)), 1, 1);
    assertThat(message.text()).contains("sold out", "3 left", "£2.50");
    assertThat(message.buttons().stream().filter(Button::disabled).map(Button::id))
        .containsExactly("buy:10001", "page:0", "page:2");
  }

  @Test
  void textForTheShellShowsButtonsInRows() {
    assertThat(ConsoleBoards.text(StockView.page(List.of(), 1, 1)))
        .isEqualTo("Stock, page 1 of 1\nThere is nothing for sale.\n(Back) [Refresh] (Next)");
  }

  @Test
  void buttonsThatNoServerTakesAreNotSent() {
    Button good = new Button("refresh", "Refresh", Button.Style.PRIMARY, false);
    List<Button> six =
        IntStream.range(0, 6)
            .mapToObj(i -> new Button("page:" + i, "x", Button.Style.PRIMARY, false))
            .toList();
    refused(new Message("x", List.of(six)), "a row has 6");
    refused(new Message("x", List.of(List.of())), "a row has 0");
    refused(new Message("x", List.of(List.of(good), List.of(good))), "two of the id refresh");
    refused(new Message(" ", List.of()), "text");
    refused(new Message("x".repeat(2_001), List.of()), "2001 characters");
    refused(
        new Message(
            "x", List.of(List.of(new Button("a", "l".repeat(81), Button.Style.PRIMARY, false)))),
        "label");
    refused(
        new Message(
            "x", List.of(List.of(new Button("i".repeat(101), "l", Button.Style.PRIMARY, false)))),
        "an id");
    refused(new Message("x", java.util.Collections.nCopies(6, List.of(good))), "6 rows");
  }

  private static void refused(Message message, String why) {
    assertThatThrownBy(() -> ButtonRules.check(message))
        .isInstanceOfSatisfying(
            LadangException.class, e -> assertThat(e.code()).isEqualTo("LADANG-LIVESTOCK-013"))
        .hasMessageContaining(why);
  }

  @Test
  void theHealthCheckSeesAViewThatCannotBeMadeAButtonWithoutUseAndASlowServer() {
    Tally tally = new Tally(new TestClock());
    Message good = StockView.page(List.of(item("10001", 1)), 1, 1);
    assertThat(new ViewCheck(() -> good, List::of, tally).result().getStatus())
        .isEqualTo(Result.Status.OK);

    Result none =
        new ViewCheck(
                () -> {
                  throw new LadangException("LADANG-SHARD-012", "The shard is gone.");
                },
                List::of,
                tally)
            .result();
    assertThat(none.getStatus()).isEqualTo(Result.Status.CRITICAL);
    assertThat(none.toString()).contains("The shard is gone.");

    Message dead =
        new Message(
            "x", List.of(List.of(new Button("sell:1", "Sell", Button.Style.PRIMARY, false))));
    assertThat(new ViewCheck(() -> dead, List::of, tally).result().toString()).contains("sell:1");

    tally.asked(Tally.Kind.UPDATE, true, ViewCheck.SLOW.toNanos() * 2);
    assertThat(new ViewCheck(() -> good, List::of, tally).result().getStatus())
        .isEqualTo(Result.Status.WARN);
  }
}
