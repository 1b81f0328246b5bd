package org.ladang.telemetry.provider;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;

/** All that is recorded of one owner: the names of its series, and for every 32 of them a ring for each step. */
final class Shelf {
  private final Path folder;
  private final SeriesNames names;
  private final LongAdder overflow = new LongAdder();

  /**
   * @param folder is there
   * @param most how many series the owner may have
   */
  Shelf(Path folder, int most) {
    this.folder = folder;
    this.names = new SeriesNames(folder.resolve("names"), most);
  }

  /** Writes what was measured in a slot of ten seconds; returns how many values had no place. */
  synchronized int write(long slot, Map<String, Double> values) throws IOException {
    Map<Integer, float[]> rows = new TreeMap<>();
    int dropped = 0;
    for (Map.Entry<String, Double> value : values.entrySet()) {
      OptionalInt column = names.column(value.getKey());
      if (column.isEmpty()) {
        dropped++;
      } else {
        rows.computeIfAbsent(column.getAsInt() / RingFile.COLUMNS, block -> RingFile.unknown())[
                column.getAsInt() % RingFile.COLUMNS] =
            value.getValue().floatValue();
      }
    }
    overflow.add(dropped);
    for (Map.Entry<Integer, float[]> row : rows.entrySet()) {
      ring(row.getKey(), Step.FINE).write(slot, row.getValue());
    }
    return dropped;
  }

  /**
   * Sums five minutes up, from what is on disk: so a restart in their middle loses nothing.
   *
   * @param slot the five minutes, which are over
   */
  synchronized void sumUp(long slot) throws IOException {
    long perSlot = Step.COARSE.length().dividedBy(Step.FINE.length());
    boolean[] worst = worst();
    for (int block = 0; block < blocks(); block++) {
      int offset = block * RingFile.COLUMNS;
      double[] sums = new double[RingFile.COLUMNS];
      int[] counts = new int[RingFile.COLUMNS];
      ring(block, Step.FINE)
          .read(
              slot * perSlot,
              slot * perSlot + perSlot - 1,
              (at, values) -> {
                for (int i = 0; i < values.length; i++) {
                  if (!Float.isNaN(values[i])) {
                    boolean most = offset + i < worst.length && worst[offset + i];
                    sums[i] = most ? Math.max(sums[i], values[i]) : sums[i] + values[i];
                    counts[i] = most ? 1 : counts[i] + 1;
                  }
                }
              });
      float[] row = RingFile.unknown();
      for (int i = 0; i < row.length; i++) {
        row[i] = counts[i] == 0 ? Float.NaN : (float) (sums[i] / counts[i]);
      }
      if (Arrays.stream(counts).sum() > 0) {
        ring(block, Step.COARSE).write(slot, row);
      }
    }
  }

  private boolean[] worst() {
    boolean[] worst = new boolean[blocks() * RingFile.COLUMNS];
    names.all().forEach((name, column) -> worst[column] = Units.worst(name));
    return worst;
  }

  /** Gives the values of a series; nothing when there is no such series. */
  synchronized void read(String name, Step step, long first, long last, ValueReader reader)
      throws IOException {
    OptionalInt column = names.find(name);
    if (column.isEmpty()) {
      return;
    }
    int within = column.getAsInt() % RingFile.COLUMNS;
    ring(column.getAsInt() / RingFile.COLUMNS, step)
        .read(
            first,
            last,
            (slot, values) -> {
              if (!Float.isNaN(values[within])) {
                reader.value(slot, values[within]);
              }
            });
  }

  /** Takes a value of a range. */
  interface ValueReader {
    void value(long slot, double value);
  }

  synchronized Map<String, Integer> series() {
    return names.all();
  }

  /** When anything was written last; empty before the first time. */
  Optional<Instant> written() throws IOException {
    Path ring = folder.resolve("0." + Step.FINE.suffix());
    return Files.exists(ring)
        ? Optional.of(Files.getLastModifiedTime(ring).toInstant())
        : Optional.empty();
  }

  long bytes() {
    return 2L * blocks() * RingFile.BYTES;
  }

  long overflow() {
    return overflow.sum();
  }

  private int blocks() {
    int last = names.all().values().stream().mapToInt(Integer::intValue).max().orElse(-1);
    return last / RingFile.COLUMNS + (last < 0 ? 0 : 1);
  }

  private RingFile ring(int block, Step step) {
    return new RingFile(folder.resolve(block + "." + step.suffix()));
  }
}
