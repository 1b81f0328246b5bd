package org.ladang.plugin.bots;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BotsTest extends RegistryTest {
  @Test
  void anIdIsEnoughToCreateABot() {
    Bot made = create("x");

    assertThat(made.name()).isEqualTo("x");
    assertThat(made.status()).isEqualTo(Status.active);
    assertThat(made.category()).isEqualTo(Category.infrastructure);
    assertThat(made.operator()).isEqualTo("unknown");
    assertThat(made.seen()).isEmpty();
    assertThat(bots.getBotStatus("x")).isEqualTo(made);
  }

  @Test
  void creatingABotAgainReplacesItsRecordButNotSinceWhenItIsKnown() {
    Bot first = create("x", Optional.of("First"), Optional.of(Category.security));
    clock.advance(Duration.ofDays(1));

    Bot second = create("x", Optional.of("Second"), Optional.empty());

    assertThat(second.name()).isEqualTo("Second");
    assertThat(second.category()).isEqualTo(Category.infrastructure);
    assertThat(second.added()).isEqualTo(first.added());
    assertThat(second.version()).isEqualTo(first.version() + 1);
    assertThat(bots.getRegistryStats().count()).isEqualTo(1);
  }

  @Test
  void aBotThatRegistersKeepsItsRecord() {
    create("x", Optional.of("First"), Optional.of(Category.security));
    clock.advance(Duration.ofHours(1));

    Bot registered = bots.registerBot("x", Optional.of(Status.idle));

    assertThat(registered.status()).isEqualTo(Status.idle);
    assertThat(registered.name()).isEqualTo("First");
    assertThat(registered.category()).isEqualTo(Category.security);
    assertThat(registered.seen().orElseThrow()).isAfter(registered.added());
    assertThat(bots.getBotStatus("x")).isEqualTo(registered);
  }

  @Test
  void anUnknownBotIsTakenUpWhenItRegisters() {
    bots.registerBot("new", Optional.empty());

    assertThat(bots.getBotStatus("new").status()).isEqualTo(Status.active);
    assertThat(bots.getBotStatus("new").seen()).isPresent();
  }

  @Test
  void anUnknownBotIsASentence() {
    refused("LADANG-BOTS-001", () -> bots.getBotStatus("nobody"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a b", "a\nb", "../x", ".x", "é"})
  void aBadIdIsRefused(String id) {
    refused("LADANG-BOTS-002", () -> create(id));
    refused("LADANG-BOTS-002", () -> bots.getBotStatus(id));
  }

  @Test
  void statsCountCategoriesAndStatuses() {
    create("a", Optional.empty(), Optional.of(Category.ai_ml));
    create("b", Optional.empty(), Optional.of(Category.ai_ml));
    bots.registerBot("c", Optional.of(Status.retired));

    var stats = bots.getRegistryStats();

    assertThat(stats.count()).isEqualTo(3);
    assertThat(stats.perCategory())
        .hasSize(7)
        .containsEntry("ai_ml", 2L)
        .containsEntry("infrastructure", 1L)
        .containsEntry("security", 0L);
    assertThat(stats.perStatus())
        .isEqualTo(Map.of("active", 2L, "idle", 0L, "offline", 0L, "retired", 1L));
    assertThat(stats.latencies())
        .anySatisfy(
            l -> {
              assertThat(l.operation()).isEqualTo("create_bot");
              assertThat(l.count()).isEqualTo(2);
            });
  }

  @Test
  void listingGoesPageByPageThroughACategory() {
    List<String> expected = new ArrayList<>();
    for (int i = 10; i < 40; i++) {
      boolean security = i % 2 == 0;
      create("b" + i, Optional.empty(), Optional.of(security ? Category.security : Category.ai_ml));
      if (security) {
        expected.add("b" + i);
      }
    }

    List<String> found = new ArrayList<>();
    Optional<String> next = Optional.empty();
    do {
      Bots.BotPage page =
          bots.listBots(
              Optional.of(Category.security),
              Optional.empty(),
              Optional.empty(),
              Optional.of(4),
              next);
      page.bots().forEach(b -> found.add(b.id()));
      next = page.next();
    } while (next.isPresent());

    assertThat(found).isEqualTo(expected);
  }
}
