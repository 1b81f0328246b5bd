package org.ladang.plugin.bots;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SampleTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  @Test
  void theSampleHas6993BotsWithIdsOfTheirOwn() throws IOException {
    Set<String> ids = new HashSet<>();
    Map<Category, Integer> categories = new HashMap<>();
    Map<Status, Integer> statuses = new HashMap<>();
    try (BotSource source = BotSource.sample()) {
      for (Optional<BotLine> line = source.next(); line.isPresent(); line = source.next()) {
        assertThat(line.get()).isInstanceOf(BotLine.Good.class);
        Bot bot = new BotDraft(((BotLine.Good) line.get()).values()).bot(NOW);
        assertThat(ids.add(bot.id())).as(bot.id()).isTrue();
        categories.merge(bot.category(), 1, Integer::sum);
        statuses.merge(bot.status(), 1, Integer::sum);
      }
    }
    assertThat(ids).hasSize(6_993).contains("bot-1", "bot-42", "bot-6993");
    assertThat(categories).containsOnlyKeys(Category.values());
    assertThat(categories.values()).allMatch(n -> n > 300);
    assertThat(statuses).containsOnlyKeys(Status.values());
  }

  @Test
  void theSampleIsTheSameInEveryBuild() throws Exception {
    try (InputStream in = BotSource.class.getResourceAsStream(BotSource.SAMPLE)) {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(in.readAllBytes());

      assertThat(HexFormat.of().formatHex(digest))
          .isEqualTo("9f09458242b714b42134ed3f5b310f0e369ea82bab084716eb59aeb5004c3191");
    }
  }
}
