package org.ladang.kernel.provider.action;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.ladang.kernel.provider.action.Samples.CONTEXT;
import static org.ladang.kernel.provider.action.Samples.bind;

import java.io.IOException;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.ladang.kernel.LadangException;
import org.ladang.kernel.action.ActionSource;

class BoundActionTest {
  private static final Map<String, Object> BOT =
      Map.of("id", "a", "mood", "sad", "count", 7, "live", "true");

  private static LadangException refusal(String action, Map<String, Object> args) {
    return catchThrowableOfType(LadangException.class, () -> bind(action).invoke(CONTEXT, args));
  }

  private static void refuses(
      String action,
      Map<String, Object> args,
      String sentence,
      String argument,
      String expected,
      String got) {
    LadangException refusal = refusal(action, args);
    assertThat(refusal).as("refusal").isNotNull();
    assertThat(refusal.code()).isEqualTo("LADANG-GATE-002");
    assertThat(refusal).hasMessage(sentence);
    assertThat(refusal.details())
        .isEqualTo(Map.of("argument", argument, "expected", expected, "got", got));
  }

  private static Map<String, Object> botWith(String key, Object value) {
    Map<String, Object> bot = new HashMap<>(BOT);
    bot.put(key, value);
    return Map.of("bot", bot);
  }

  @Test
  void argumentsAreConvertedAndTheResultIsJson() throws Throwable {
    assertThat(bind("create_bot").invoke(CONTEXT, BOT))
        .isEqualTo(Map.of("id", "a", "mood", "SAD", "count", 7L, "live", true));
  }

  @Test
  void aStageIsAnsweredWithAStageOfJson() throws Throwable {
    BoundAction keep = bind("keep_bot");
    Object answer = keep.invoke(CONTEXT, Map.of("bot", BOT, "ttl", "10s"));

    assertThat(keep.answersLater()).isTrue();
    assertThat(((CompletionStage<?>) answer).toCompletableFuture().join())
        .isEqualTo(Map.of("id", "a", "mood", "SAD", "count", 7L, "live", true));
  }

  @Test
  void theContextIsHandedIn() throws Throwable {
    assertThat(bind("who_calls").invoke(CONTEXT, Map.of())).isEqualTo("system");
  }

  @Test
  void anEmptyOptionalAndNothingAreNull() throws Throwable {
    assertThat(bind("find").invoke(CONTEXT, Map.of("there", false))).isNull();
    assertThat(bind("nothing").invoke(CONTEXT, Map.of())).isNull();
    assertThat(bind("find").invoke(CONTEXT, Map.of("there", true)))
        .isEqualTo(Map.of("items", List.of(Map.of("x", 1, "y", 2))));
  }

  @Test
  void aMissingArgumentIsNamed() {
    refuses(
        "create_bot",
        Map.of("mood", "SAD", "count", 1, "live", true),
        "Argument `id` of bots:create_bot is missing: it must be a string.",
        "id",
        "a string",
        "nothing");
    Map<String, Object> bot = new HashMap<>(BOT);
    bot.remove("count");
    assertThat(refusal("keep_bot", Map.of("bot", bot)))
        .hasMessageStartingWith("Argument `bot.count` of bots:keep_bot is missing");
  }

  @Test
  void anUnknownArgumentIsNamedWithTheKnownOnes() {
    refuses("who_calls", Map.of("me", 1), "bots:who_calls has no argument `me`.", "me", "", "me");
    assertThat(refusal("who_calls", Map.of("me", 1)).nextStep()).contains("It takes none.");
    assertThat(refusal("keep_bot", botWith("color", "red")))
        .hasMessage("Argument `bot.color` of bots:keep_bot is not known.");
    assertThat(refusal("keep_bot", botWith("color", "red")).nextStep())
        .contains("Known are id, mood, count, live, since.");
  }

  @Test
  void aWrongArgumentIsNamedWithWhatWasExpectedAndWhatCame() {
    refuses(
        "keep_bot",
        botWith("id", 7),
        "Argument `bot.id` of bots:keep_bot must be a string, got the number 7.",
        "bot.id",
        "a string",
        "the number 7");
    assertThat(refusal("keep_bot", botWith("mood", "furious")))
        .hasMessage(
            "Argument `bot.mood` of bots:keep_bot must be one of GLAD, SAD, got the text `furious`.");
    assertThat(refusal("keep_bot", Map.of("bot", List.of()))).hasMessageEndingWith("got a list.");
    assertThat(refusal("create_bot", Collections.singletonMap("id", null)))
        .hasMessage("Argument `id` of bots:create_bot must be a string, got null.");
  }

  @Test
  void whatARecordRefusesIsSaid() {
    assertThat(refusal("keep_bot", botWith("id", " ")))
        .hasMessage("Argument `bot` of bots:keep_bot is refused: A bot needs an id.");
  }

  @Test
  void whatTheActionThrowsIsThrownAsItIs() {
    assertThatThrownBy(() -> bind("fail").invoke(CONTEXT, Map.of()))
        .isExactlyInstanceOf(IOException.class)
        .hasMessage("broken");
  }

  @Test
  void whatHasNoJsonShapeIsNotPassedOn() {
    assertThat(refusal("thread", Map.of()).code()).isEqualTo("LADANG-GATE-006");
    assertThat(refusal("no_stage", Map.of()).code()).isEqualTo("LADANG-GATE-006");
  }

  @Test
  void whatIsDeclaredLooselyIsConvertedByWhatItIs() throws Throwable {
    assertThat(bind("loose").invoke(CONTEXT, Map.of()))
        .isEqualTo(
            Map.of(
                "bot",
                Map.of("id", "a", "mood", "SAD", "count", 1L, "live", true),
                "moods",
                List.of("GLAD")));
  }

  @Test
  void aListOfAnotherBuildIsRefused() {
    assertThatThrownBy(() -> BoundAction.of(new ActionSource() {}, Samples.entry("create_bot")))
        .hasMessageContaining("has no such method")
        .extracting("code")
        .isEqualTo("LADANG-ACTION-001");
  }
}
