package org.ladang.kernel.provider.action;

import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.ladang.kernel.action.Action;
import org.ladang.kernel.action.ActionSource;
import org.ladang.kernel.action.Arg;
import org.ladang.kernel.action.CallContext;
import org.ladang.kernel.action.Effect;
import org.ladang.kernel.action.Role;

/** Every type that may cross the gate; the annotation processor lists these actions when the tests are compiled. */
final class SampleActions implements ActionSource {
  enum Mood {
    GLAD,
    SAD
  }

  record Point(int x, Optional<Integer> y) {}

  record Page<T>(List<T> items, Optional<String> next) {}

  record Bot(
      @Arg("Names it.") String id, Mood mood, long count, boolean live, Optional<Instant> since) {
    Bot {
      if (id.isBlank()) {
        throw new IllegalArgumentException("A bot needs an id.");
      }
    }
  }

  record Everything(
      boolean bool,
      char character,
      byte tiny,
      short small,
      int whole,
      long big,
      float rough,
      double fine,
      BigDecimal exact,
      String text,
      Mood mood,
      Instant at,
      Duration time,
      List<Point> points,
      Set<String> tags,
      Map<String, Integer> counts,
      Map<String, ?> extra,
      Object any,
      Page<Mood> page) {}

  @Action(description = "Gives back everything.", role = Role.VIEWER)
  public Everything everything(Everything everything) {
    return everything;
  }

  @Action(
      description = "Gives back a bot.",
      role = Role.OPERATOR,
      effect = Effect.CHANGE,
      timeout = "500ms")
  public CompletionStage<Bot> keepBot(CallContext context, Bot bot, Optional<Duration> ttl) {
    return CompletableFuture.completedFuture(bot);
  }

  @Action(description = "Makes a bot.", role = Role.OPERATOR, effect = Effect.CHANGE)
  public Bot createBot(String id, Mood mood, long count, boolean live) {
    return new Bot(id, mood, count, live, Optional.empty());
  }

  @Action(description = "Says who calls.", role = Role.VIEWER)
  public String whoCalls(CallContext context) {
    return context.principal().name();
  }

  @Action(description = "Finds or not.", role = Role.VIEWER)
  public Optional<Page<Point>> find(boolean there) {
    return there
        ? Optional.of(new Page<>(List.of(new Point(1, Optional.of(2))), Optional.empty()))
        : Optional.empty();
  }

  @Action(description = "Does nothing.", role = Role.VIEWER)
  public void nothing() {}

  @Action(description = "Fails.", role = Role.VIEWER)
  public void fail() throws IOException {
    throw new IOException("broken");
  }

  @Action(description = "Answers with a thread.", role = Role.VIEWER)
  public Object thread() {
    return Thread.currentThread();
  }

  @Action(description = "Answers with what nobody declared.", role = Role.VIEWER)
  public Map<String, Object> loose() {
    return Map.of(
        "bot", new Bot("a", Mood.SAD, 1, true, Optional.empty()), "moods", List.of(Mood.GLAD));
  }

  @Action(description = "Answers with no stage.", role = Role.VIEWER)
  public CompletionStage<String> noStage() {
    return null;
  }
}
