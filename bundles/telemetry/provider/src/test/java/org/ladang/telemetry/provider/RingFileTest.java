package org.ladang.telemetry.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RingFileTest {
  private static final int ROW = 8 + 4 + RingFile.COLUMNS * 4;

  @TempDir Path folder;
  private Path path;
  private RingFile ring;

  @BeforeEach
  void make() {
    path = folder.resolve("0.10s");
    ring = new RingFile(path);
  }

  @Test
  void whatWasWrittenIsReadByAnother() throws IOException {
    ring.write(1000, row(1));
    ring.write(1001, row(2));
    assertThat(read(new RingFile(path), 900, 1100))
        .containsExactly(Map.entry(1000L, 1f), Map.entry(1001L, 2f));
  }

  @Test
  void aRangeThatPassesTheEndOfTheFileComesInOrder() throws IOException {
    long turn = 3L * RingFile.SLOTS;
    for (long slot = turn - 600; slot < turn + 600; slot++) {
      ring.write(slot, row(slot - turn));
    }
    assertThat(read(ring, turn - 600, turn + 599).keySet())
        .hasSize(1200)
        .startsWith(turn - 600)
        .endsWith(turn + 599);
  }

  @Test
  void anOlderTurnIsNotTakenForThisOne() throws IOException {
    ring.write(1000, row(1));
    assertThat(read(ring, 1000 + RingFile.SLOTS, 1000 + RingFile.SLOTS)).isEmpty();
    ring.write(1000 + RingFile.SLOTS, row(2));
    assertThat(read(ring, 1000, 1000)).isEmpty();
    assertThat(Files.size(path)).isLessThanOrEqualTo(RingFile.BYTES);
  }

  @Test
  void anyDamagedByteOfARowMakesAGapOfThatRowOnly() throws IOException {
    for (int at = 0; at < ROW; at++) {
      Path damaged = folder.resolve("damaged" + at);
      RingFile file = new RingFile(damaged);
      file.write(0, row(1));
      file.write(1, row(2));
      file.write(2, row(3));
      flip(damaged, ROW + at);
      assertThat(read(file, 0, 2).keySet()).as("byte %d", at).containsExactly(0L, 2L);
    }
  }

  @Test
  void aFileThatEndsInTheMiddleOfARowIsReadUpToThere() throws IOException {
    ring.write(0, row(1));
    ring.write(1, row(2));
    try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
      file.setLength(ROW + ROW / 2);
    }
    assertThat(read(ring, 0, 5).keySet()).containsExactly(0L);
    ring.write(1, row(4));
    assertThat(read(ring, 0, 5)).containsEntry(1L, 4f);
  }

  @Test
  void aSecondWriteOfTheSameSlotKeepsWhatItDoesNotKnow() throws IOException {
    float[] first = RingFile.unknown();
    first[0] = 7;
    ring.write(5, first);
    float[] second = RingFile.unknown();
    second[1] = 8;
    ring.write(5, second);
    ring.read(5, 5, (slot, values) -> assertThat(values).startsWith(7f, 8f));
  }

  private static float[] row(float first) {
    float[] row = RingFile.unknown();
    row[0] = first;
    return row;
  }

  private static Map<Long, Float> read(RingFile ring, long first, long last) throws IOException {
    Map<Long, Float> read = new TreeMap<>();
    ring.read(first, last, (slot, values) -> read.put(slot, values[0]));
    return read;
  }

  private static void flip(Path path, long at) throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
      file.seek(at);
      int old = file.read();
      file.seek(at);
      file.write(old ^ 0x10);
    }
  }
}
