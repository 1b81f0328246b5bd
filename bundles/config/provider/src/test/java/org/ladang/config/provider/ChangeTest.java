package org.ladang.config.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ladang.config.Change;
import org.ladang.config.Configuration;
import org.ladang.config.Difference;
import org.ladang.config.Revision;
import org.ladang.kernel.LadangException;

class ChangeTest {
  @TempDir Path root;
  private Field field;
  private Configuration configuration;

  @BeforeEach
  void plant() {
    field = new Field(root).withShard();
    configuration = field.open();
  }

  private static LadangException refusal(ThrowingCallable call) {
    LadangException refusal = catchThrowableOfType(LadangException.class, call);
    assertThat(refusal).isNotNull();
    return refusal;
  }

  @Test
  void everyWrongValueIsRefusedWithASentenceAndNothingChanges() {
    Map<String, List<Object>> wrong =
        Map.of(
            "LADANG-CONFIG-003", List.of("maxpol", 1, "Did you mean maxPool? "),
            "LADANG-CONFIG-004", List.of("maxPool", "ten", "a whole number of 32 bits"),
            "LADANG-CONFIG-005", List.of("mode", "FAST", "one of SYNC, ASYNC, but got \"FAST\""),
            "LADANG-CONFIG-006", List.of("maxPool", 501, "at most 500, but got 501"),
            "LADANG-CONFIG-007", List.of("adminPin", Configuration.MASK, "not its value"));
    wrong.forEach(
        (code, given) -> {
          LadangException refusal = refusal(() -> field.set((String) given.get(0), given.get(1)));
          assertThat(refusal.code()).isEqualTo(code);
          assertThat(refusal.line()).contains((String) given.get(2));
        });

    assertThat(configuration.revision()).isZero();
    assertThat(field.admin.has(Field.SHARD)).isFalse();
  }

  @Test
  void oneWrongValueOfSeveralKeepsAllOut() {
    LadangException refusal =
        refusal(
            () ->
                configuration.set(
                    new Change(
                        "shard",
                        Map.of("maxPool", 7, "lazy", "yes", "ratio", "NaN"),
                        Set.of(),
                        "alice",
                        "")));

    assertThat(refusal.details()).containsKey("problems");
    assertThat(refusal.getMessage()).contains("lazy of shard", "ratio of shard");
    assertThat(field.get("maxPool")).isEqualTo(10);
  }

  @Test
  void aPidThatIsNotKnownIsRefusedWithWhatMayHaveBeenMeant() {
    LadangException refusal = refusal(() -> configuration.get("shrd"));

    assertThat(refusal.line())
        .isEqualTo(
            "There is no configuration shrd. Did you mean shard? config:list shows all."
                + " [LADANG-CONFIG-001]");
  }

  @Test
  void aPidWithoutDeclarationIsNotSetButPointsToItsFile() {
    field.file("com.foreign.properties", "a=1\n");
    field.look();
    LadangException refusal =
        refusal(() -> configuration.set(Change.of("com.foreign", "a", 2, "alice", "")));

    assertThat(refusal.code()).isEqualTo("LADANG-CONFIG-013");
    assertThat(refusal.nextStep().orElseThrow()).contains("conf/com.foreign.properties");
  }

  @Test
  void aCheckSaysWhatWouldChangeAndChangesNothing() {
    Revision would = configuration.check(Change.of("shard", "maxPool", "20", "alice", "load"));

    assertThat(would.number()).isEqualTo(1);
    assertThat(would.changes())
        .containsExactly(new Difference(Field.SHARD, "maxPool", Optional.empty(), Optional.of(20)));
    assertThat(configuration.revision()).isZero();
    assertThat(field.get("maxPool")).isEqualTo(10);
  }

  @Test
  void aChangeThatChangesNothingMakesNoRevision() {
    field.set("maxPool", 20);
    Revision again = field.set("maxPool", "20");

    assertThat(again.number()).isEqualTo(1);
    assertThat(again.changes()).isEmpty();
    assertThat(configuration.history(Optional.empty(), 10)).hasSize(1);
  }

  @Test
  void historySaysWhoChangedWhatAndWhyNewestFirst() {
    field.set("maxPool", 20);
    field.set("maxPool", 30);

    assertThat(configuration.history(Optional.of("shard"), 10))
        .extracting(Revision::number, Revision::author, Revision::reason, r -> r.changes().get(0))
        .containsExactly(
            tuple(
                2L,
                "alice",
                "a test",
                new Difference(Field.SHARD, "maxPool", Optional.of(20), Optional.of(30))),
            tuple(
                1L,
                "alice",
                "a test",
                new Difference(Field.SHARD, "maxPool", Optional.empty(), Optional.of(20))));
    assertThat(field.events.sentences("config.changed"))
        .containsExactly("alice changed shard (revision 1).", "alice changed shard (revision 2).");
  }

  @Test
  void anUndoIsANewRevisionThatBringsTheFormerValueBack() {
    field.set("maxPool", 20);
    field.set("mode", "ASYNC");
    Revision undo = configuration.undo(Optional.of(1L), "bob");

    assertThat(undo.number()).isEqualTo(3);
    assertThat(undo.author()).isEqualTo("bob");
    assertThat(field.get("maxPool")).isEqualTo(10);
    assertThat(field.get("mode")).isEqualTo("ASYNC");
    assertThat(field.admin.value(Field.SHARD, "maxPool")).isNull();
  }

  @Test
  void aRestoreBringsTheLayerBackToHowARevisionLeftIt() {
    field.set("maxPool", 20);
    field.set("maxPool", 30);
    field.set("mode", "ASYNC");
    assertThat(configuration.restore(1, "bob").number()).isEqualTo(4);
    assertThat(field.get("maxPool")).isEqualTo(20);
    assertThat(field.get("mode")).isNotEqualTo("ASYNC");
    assertThat(configuration.restore(0, "bob").changes()).hasSize(1);
    assertThat(field.get("maxPool")).isEqualTo(10);
    assertThat(refusal(() -> configuration.restore(99, "bob")).code())
        .isEqualTo("LADANG-CONFIG-008");
  }

  @Test
  void anUndoThatWouldLoseALaterChangeIsRefused() {
    field.set("maxPool", 20);
    field.set("maxPool", 30);
    LadangException refusal = refusal(() -> configuration.undo(Optional.of(1L), "bob"));

    assertThat(refusal.code()).isEqualTo("LADANG-CONFIG-009");
    assertThat(refusal.getMessage()).contains("revision 2 by alice changed maxPool of shard");
    assertThat(field.get("maxPool")).isEqualTo(30);
  }

  @Test
  void aRevisionThatIsNotThereIsRefused() {
    assertThat(refusal(() -> configuration.undo(Optional.empty(), "bob")).getMessage())
        .isEqualTo("There is no revision 0. Nothing was changed yet.");
    field.set("maxPool", 20);
    assertThat(refusal(() -> configuration.diff(0, 2)).code()).isEqualTo("LADANG-CONFIG-008");
  }

  @Test
  void aDiffShowsTheSumOfWhatHappenedInBetween() {
    field.set("maxPool", 20);
    field.set("mode", "ASYNC");
    field.set("maxPool", 30);
    configuration.set(new Change("shard", Map.of(), Set.of("mode"), "alice", ""));

    assertThat(configuration.diff(1, 4))
        .containsExactly(new Difference(Field.SHARD, "maxPool", Optional.of(20), Optional.of(30)));
    assertThat(configuration.diff(4, 2))
        .containsExactly(
            new Difference(Field.SHARD, "maxPool", Optional.of(30), Optional.of(20)),
            new Difference(Field.SHARD, "mode", Optional.empty(), Optional.of("ASYNC")));
  }

  @Test
  void aSecretIsNeverShown() {
    field.file("org.ladang.shard.properties", "adminPin=from-file\n");
    field.look();
    field.set("adminPin", "s3cret-1");
    field.set("adminPin", "s3cret-2");
    String all =
        ""
            + configuration.get("shard")
            + configuration.describe("shard")
            + configuration.history(Optional.empty(), 10)
            + configuration.diff(0, 2)
            + field.events.all;

    assertThat(all).contains(Configuration.MASK).doesNotContain("s3cret", "from-file", "geheim");
    assertThat(field.admin.value(Field.SHARD, "adminPin")).isEqualTo("s3cret-2");
  }

  @Test
  void aSecretStaysOneWhenItsBundleIsGone() {
    field.set("adminPin", "s3cret");
    field.framework.remove(1);
    configuration = field.reopen();

    assertThat("" + configuration.history(Optional.empty(), 10) + configuration.diff(0, 1))
        .doesNotContain("s3cret");
    assertThat(configuration.get(Field.SHARD).value("adminPin").orElseThrow().value())
        .contains(Configuration.MASK);
  }

  @Test
  void aDiskThatRefusesLeavesAllAsItWas() {
    field.set("maxPool", 20);
    field.state.writesLeft = 0;
    assertThat(refusal(() -> field.set("maxPool", 30)).code()).isEqualTo("LADANG-STATE-001");

    assertThat(field.get("maxPool")).isEqualTo(20);
    assertThat(configuration.revision()).isEqualTo(1);
    assertThat(field.admin.value(Field.SHARD, "maxPool")).isEqualTo(20);
  }
}
