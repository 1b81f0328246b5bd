package org.ladang.security.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.ladang.security.provider.FirstStartTest.assertCode;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ladang.kernel.action.CallObserver.Call;
import org.ladang.kernel.action.Effect;
import org.ladang.kernel.action.Role;

class AuditWriterTest {
  @TempDir Path folder;

  @Test
  void whatChangesOrIsRefusedIsNotedAndReadsAreNot() {
    try (TestRoom room = new TestRoom(folder)) {
      CallRecorder recorder = new CallRecorder(room.desk.trail());
      for (Effect effect : Effect.values()) {
        for (String code : List.of("", "LADANG-GATE-003", "LADANG-GATE-006")) {
          recorder.ended(call(effect, code));
        }
      }
      assertThat(room.audit())
          .extracting(AuditEntry::action, AuditEntry::outcome)
          .containsExactly(
              pair("x:danger", "LADANG-GATE-006"),
              pair("x:danger", "LADANG-GATE-003"),
              pair("x:danger", "ok"),
              pair("x:change", "LADANG-GATE-006"),
              pair("x:change", "LADANG-GATE-003"),
              pair("x:change", "ok"),
              pair("x:read", "LADANG-GATE-003"));
      assertThat(room.audit().get(0).millis()).isEqualTo(5);
      assertThat(room.audit().get(0).trace()).isEqualTo("trace-7");
      assertThat(room.audit().get(0).door()).isEqualTo("rest");
    }
  }

  @Test
  void ofManyThreadsNoEntryIsLostAndTheObserverIsFast() throws Exception {
    try (TestRoom room = new TestRoom(folder)) {
      CallRecorder recorder = new CallRecorder(room.desk.trail());
      int threads = 4;
      int each = 5_000;
      List<Thread> all = new ArrayList<>();
      for (int t = 0; t < threads; t++) {
        Thread thread =
            new Thread(
                () -> {
                  for (int i = 0; i < each; i++) {
                    recorder.ended(call(Effect.CHANGE, ""));
                  }
                });
        all.add(thread);
        thread.start();
      }
      for (Thread thread : all) {
        thread.join(30_000);
      }
      AuditVerdict verdict = room.desk.trail().verify();
      assertThat(verdict.ok()).as(verdict.sentence()).isTrue();
      assertThat(verdict.last()).isEqualTo(threads * each);
      assertThat(room.writer.lost()).isZero();
    }
  }

  @Test
  void puttingAnEntryTakesFarLessThanFiftyMicroseconds() {
    try (TestRoom room = new TestRoom(folder)) {
      CallRecorder recorder = new CallRecorder(room.desk.trail());
      Call call = call(Effect.CHANGE, "");
      long[] nanos = new long[AuditWriter.CAPACITY / 2];
      for (int round = 0; round < 10; round++) {
        for (int i = 0; i < nanos.length; i++) {
          long began = System.nanoTime();
          recorder.ended(call);
          nanos[i] = System.nanoTime() - began;
        }
        assertThat(room.writer.flush(Duration.ofSeconds(10))).isTrue();
      }
      java.util.Arrays.sort(nanos);
      assertThat(nanos[nanos.length / 2]).isLessThan(50_000);
    }
  }

  @Test
  void entriesAreOnDiskWithinMomentsWithoutAnyoneAsking() {
    try (TestRoom room = new TestRoom(folder)) {
      new CallRecorder(room.desk.trail()).ended(call(Effect.CHANGE, ""));
      await()
          .atMost(Duration.ofSeconds(5))
          .untilAsserted(
              () -> {
                assertThat(new AuditAnchors(room.state).head()).map(ChainLink::seq).contains(1L);
                assertThat(mentions(room.files.current(), "x:change")).isTrue();
              });
    }
  }

  @Test
  void whileTheTrailCannotBeWrittenChangesAreRefusedAndNothingIsLost() throws Exception {
    // A file in the place of the folder: writing fails, for root too.
    Path data = Files.createDirectories(folder.resolve("data"));
    Path inTheWay = Files.createFile(data.resolve("security"));
    try (TestRoom room = new TestRoom(folder)) {
      CallRecorder recorder = new CallRecorder(room.desk.trail());
      ChangesNeedAudit check = new ChangesNeedAudit(room.desk);
      recorder.ended(call(Effect.CHANGE, ""));
      await().atMost(Duration.ofSeconds(5)).until(() -> room.writer.failure().isPresent());

      assertCode(
          () -> check.check(call(Effect.CHANGE, "").context(), call(Effect.CHANGE, "").action()),
          "LADANG-SECURITY-031");
      check.check(call(Effect.READ, "").context(), call(Effect.READ, "").action());
      recorder.ended(call(Effect.CHANGE, "LADANG-SECURITY-031"));

      Files.delete(inTheWay);
      await().atMost(Duration.ofSeconds(5)).until(() -> room.writer.failure().isEmpty());
      check.check(call(Effect.CHANGE, "").context(), call(Effect.CHANGE, "").action());
      assertThat(room.audit()).hasSize(2);
      assertThat(room.desk.trail().verify().ok()).isTrue();
      assertThat(room.events.sentences)
          .anyMatch(s -> s.contains("cannot be written"))
          .anyMatch(s -> s.contains("can be written again"));
    }
  }

  @Test
  void whatFindsTheQueueFullWhileTheDiskRefusesIsCountedAndTheCountIsWritten() throws Exception {
    Path data = Files.createDirectories(folder.resolve("data"));
    Path inTheWay = Files.createFile(data.resolve("security"));
    try (TestRoom room = new TestRoom(folder)) {
      CallRecorder recorder = new CallRecorder(room.desk.trail());
      recorder.ended(call(Effect.CHANGE, ""));
      await().atMost(Duration.ofSeconds(5)).until(() -> room.writer.failure().isPresent());
      int more = AuditWriter.CAPACITY + 100;
      for (int i = 0; i < more; i++) {
        recorder.ended(call(Effect.READ, "LADANG-GATE-003"));
      }
      Files.delete(inTheWay);
      await().atMost(Duration.ofSeconds(5)).until(() -> room.writer.failure().isEmpty());
      AuditVerdict verdict = room.desk.trail().verify();
      assertThat(verdict.ok()).as(verdict.sentence()).isTrue();
      boolean counted = false;
      for (Path file : room.files.all()) {
        counted |= mentions(file, "security:audit.lost");
      }
      assertThat(counted).isTrue();
    }
  }

  @Test
  void twoVersionsThatWriteBesideEachOtherMakeOneChain() throws Exception {
    try (TestRoom old = new TestRoom(folder);
        TestRoom next = new TestRoom(folder, old.state, old.clock, new TestConfig(), "1@start")) {
      CallRecorder oldRecorder = new CallRecorder(old.desk.trail());
      CallRecorder nextRecorder = new CallRecorder(next.desk.trail());
      Thread draining =
          new Thread(
              () -> {
                for (int i = 0; i < 3_000; i++) {
                  oldRecorder.ended(call(Effect.CHANGE, ""));
                }
              });
      draining.start();
      for (int i = 0; i < 3_000; i++) {
        nextRecorder.ended(call(Effect.DANGER, ""));
      }
      draining.join(30_000);
      old.writer.flush(Duration.ofSeconds(10));
      AuditVerdict verdict = next.desk.trail().verify();
      assertThat(verdict.ok()).as(verdict.sentence()).isTrue();
      assertThat(verdict.last()).isEqualTo(6_000);
    }
  }

  @Test
  void theActionShowsEntriesAndVerifies() throws Exception {
    try (TestRoom room = new TestRoom(folder).withAdmin()) {
      AuditActions actions = new AuditActions(room.desk);
      assertThat(actions.audit(Optional.empty(), Optional.empty()).entries())
          .extracting(AuditActions.EntryView::action)
          .contains("security:first_start");
      assertThat(actions.audit(Optional.of(0), Optional.of(true)).verdict())
          .hasValueSatisfying(v -> assertThat(v.sentence()).startsWith("OK"));

      byte[] bytes = Files.readAllBytes(room.files.current());
      bytes[30] ^= 1;
      Files.write(room.files.current(), bytes);
      assertThat(actions.audit(Optional.empty(), Optional.of(true)).verdict())
          .hasValueSatisfying(
              v -> {
                assertThat(v.ok()).isFalse();
                assertThat(v.file()).isEqualTo("audit.log");
                assertThat(v.line()).isEqualTo(1);
              });
    }
  }

  private static boolean mentions(Path file, String word) throws Exception {
    return Files.readString(file).contains(word);
  }

  private static org.assertj.core.groups.Tuple pair(String action, String code) {
    return org.assertj.core.groups.Tuple.tuple(action, code.isEmpty() ? "ok" : code);
  }

  private static Call call(Effect effect, String code) {
    return new Call(
        GuardTest.context(Role.OPERATOR, "rest"),
        GuardTest.action(
            "x:" + effect.name().toLowerCase(java.util.Locale.ROOT), Role.OPERATOR, effect),
        Instant.parse("2026-01-01T00:00:00Z"),
        5_000_000,
        code);
  }
}
