package org.ladang.plugin.livestock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.ladang.kernel.LadangException;

class SalesTest {
  private final ItemTable items = new ItemTable(new MemoryShards());
  private int updates;
  private final Presses presses =
      new Presses(items, new BoardTable(new MemoryShards()), null, c -> {}, () -> updates++);

  @BeforeEach
  void load() {
    items.add(List.of(new Item("10002", "GLOBE", new BigDecimal("0.85"), 100, 0)));
  }

  @Test
  void whatIsSoldIsThereNoMoreAndBoardsAreDrawnAnew() {
    assertThat(presses.buy("10002", 30).stock()).isEqualTo(70);
    assertThat(items.item("10002").stock()).isEqualTo(70);
    assertThat(updates).isOne();
  }

  @Test
  void moreThanThereAreIsRefusedWithHowManyThereAre() {
    assertThatThrownBy(() -> presses.buy("10002", 101))
        .isInstanceOf(LadangException.class)
        .hasMessage("There are only 100 of GLOBE, not 101.");
    assertThat(items.item("10002").stock()).isEqualTo(100);
    assertThat(updates).isZero();
  }

  @Test
  void anItemThatIsNotThereIsNamed() {
    assertThatThrownBy(() -> presses.buy("99999", 1)).hasMessageContaining("99999");
  }

  @Test
  @Timeout(60)
  void nothingIsSoldTwiceHoweverManyBuyAtOnce() throws Exception {
    ItemTable shared = new ItemTable(new MemoryShards());
    shared.add(List.of(new Item("10002", "GLOBE", BigDecimal.ONE, 100, 0)));
    Presses shop = new Presses(shared, new BoardTable(new MemoryShards()), null, c -> {}, () -> {});
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Callable<Integer>> buyers = new ArrayList<>();
      for (int t = 0; t < 4; t++) {
        buyers.add(
            () -> {
              int bought = 0;
              for (int i = 0; i < 40; i++) {
                try {
                  shop.buy("10002", 1);
                  bought++;
                } catch (LadangException e) {
                  assertThat(e.code()).isEqualTo(Refusals.SOLD_OUT);
                }
              }
              return bought;
            });
      }
      int sold = 0;
      for (Future<Integer> end : threads.invokeAll(buyers)) {
        sold += end.get();
      }
      assertThat(sold).isEqualTo(100);
      assertThat(shared.item("10002").stock()).isZero();
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void theSampleIsWholeAndLoadingItAgainKeepsTheStock() {
    List<Item> sample = Sample.items();
    assertThat(sample).hasSize(3_727).allMatch(i -> i.price().signum() > 0 && !i.name().isBlank());
    assertThat(sample.stream().filter(Item::soldOut).count()).isEqualTo(256);
    assertThat(items.add(sample)).isEqualTo(3_726);
    presses.buy("10080", 1);
    int left = items.item("10080").stock();
    assertThat(items.add(sample)).isZero();
    assertThat(items.item("10080").stock()).isEqualTo(left);
  }
}
