package org.ladang.kernel.provider.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ladang.kernel.LadangException;
import org.ladang.kernel.State;
import org.ladang.kernel.provider.disk.LocalDisk;

class JournalStatesTest {
  @TempDir Path folder;

  private State open() {
    return new JournalStates(new LocalDisk(), folder.resolve("state"), 10).open("room");
  }

  private Path file() {
    return folder.resolve("state/room.journal");
  }

  @Test
  void whatWasPutIsThereForTheNextProcess() {
    State state = open();
    state.put("b", Map.of("list", List.of(1, "two", 3.5, true)));
    state.put("a", "line\nfeed and \"quotes\" and ünïcödé");
    state.put("gone", 1);
    state.remove("gone");

    assertThat(open().all()).isEqualTo(state.all()).containsOnlyKeys("a", "b");
    assertThat(open().get("a")).contains("line\nfeed and \"quotes\" and ünïcödé");
    assertThat(open().get("gone")).isEmpty();
  }

  @Test
  void theSameRoomHasOneState() {
    JournalStates states = new JournalStates(new LocalDisk(), folder.resolve("state"));

    assertThat(states.open("room")).isSameAs(states.open("room"));
    assertThat(states.open("room")).isNotSameAs(states.open("other"));
  }

  @Test
  void updateLetsNobodyComeBetween() throws Exception {
    State state = open();
    ExecutorService pool = Executors.newFixedThreadPool(4);
    CountDownLatch go = new CountDownLatch(1);
    List<Future<?>> all = new ArrayList<>();
    for (int t = 0; t < 4; t++) {
      all.add(
          pool.submit(
              () -> {
                go.await();
                for (int i = 0; i < 25; i++) {
                  state.update("n", n -> n == null ? 1 : (Integer) n + 1);
                }
                return null;
              }));
    }
    go.countDown();
    for (Future<?> each : all) {
      each.get(20, TimeUnit.SECONDS);
    }
    pool.shutdown();

    assertThat(state.get("n")).contains(100);
    assertThat(open().get("n")).contains(100);
  }

  @Test
  void updateToNullRemoves() {
    State state = open();
    state.put("n", 1);

    assertThat(state.update("n", n -> null)).isEmpty();
    assertThat(open().get("n")).isEmpty();
  }

  @Test
  void whatDidNotChangeIsNotWritten() throws IOException {
    State state = open();
    state.put("n", Map.of("a", 1));
    long before = Files.size(file());

    state.put("n", Map.of("a", 1));
    state.remove("nobody");

    assertThat(Files.size(file())).isEqualTo(before);
  }

  @Test
  void changingAValueThatWasPutOrGotChangesNothing() {
    State state = open();
    Map<String, Object> mine = new HashMap<>(Map.of("a", 1));
    state.put("n", mine);
    mine.put("a", 2);

    assertThat(state.get("n")).contains(Map.of("a", 1));
    assertThatThrownBy(() -> ((Map<?, ?>) state.get("n").orElseThrow()).clear())
        .isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> state.all().clear()).isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void aJournalThatGrewIsWrittenAnew() throws IOException {
    State state = open();
    for (int i = 0; i < 500; i++) {
      state.put("n", i);
    }

    assertThat(Files.readAllLines(file())).hasSizeLessThan(20);
    assertThat(open().get("n")).contains(499);
    assertThat(folder.resolve("state/room.journal.tmp")).doesNotExist();
  }

  @Test
  void aTornLastLineIsDropped() throws IOException {
    open().put("a", 1);
    Files.writeString(file(), "deadbeef {\"key\":\"b\",\"va", StandardOpenOption.APPEND);

    State state = open();
    assertThat(state.all()).isEqualTo(Map.of("a", 1));
    state.put("c", 3);
    assertThat(open().all()).isEqualTo(Map.of("a", 1, "c", 3));
  }

  @Test
  void damageInTheMiddleIsRefusedAndNotHidden() throws IOException {
    State state = open();
    state.put("a", 1);
    state.put("b", 2);
    byte[] bytes = Files.readAllBytes(file());
    bytes[12] ^= 1;
    Files.write(file(), bytes);

    assertThatThrownBy(this::open)
        .isInstanceOf(LadangException.class)
        .hasMessage("Line 1 of " + file() + " is damaged.")
        .extracting("code")
        .isEqualTo("LADANG-STATE-002");
    assertThat(Files.readAllBytes(file())).isEqualTo(bytes);
  }

  @Test
  void aNameThatLeavesTheFolderIsRefused() {
    JournalStates states = new JournalStates(new LocalDisk(), folder);

    for (String name : List.of("../x", "", "A", "a/b", ".hidden")) {
      assertThatThrownBy(() -> states.open(name)).extracting("code").isEqualTo("LADANG-STATE-003");
    }
  }

  @Test
  void anInterruptedThreadDoesNotLoseTheJournal() {
    State state = open();
    Thread.currentThread().interrupt();
    state.put("a", 1);
    assertThat(Thread.interrupted()).isTrue();

    state.put("b", 2);

    assertThat(open().all()).containsOnlyKeys("a", "b");
  }

  @Test
  void aClosedStateRefuses() {
    JournalStates states = new JournalStates(new LocalDisk(), folder);
    State state = states.open("room");
    states.close();

    assertThatThrownBy(() -> state.put("a", 1)).extracting("code").isEqualTo("LADANG-STATE-001");
  }

  @Test
  void theFileCanBeReadByPeople() throws IOException {
    open().put("a", Map.of("n", 1));

    assertThat(Files.readString(file(), StandardCharsets.UTF_8))
        .endsWith(" {\"key\":\"a\",\"value\":{\"n\":1}}\n");
  }
}
