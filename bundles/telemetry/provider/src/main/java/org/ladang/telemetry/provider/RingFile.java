package org.ladang.telemetry.provider;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * A ring of rows in a file of fixed size. A row's place follows from its slot, the number of steps since 1970, and each
 * row carries slot and checksum: there is no head to be lost, a row that {@code kill -9} tore is a gap, and what is
 * older than a turn of the ring is recognised by its slot. The file is opened for each use, so that thousands of rings
 * hold no file open.
 */
final class RingFile {
  /** Slots in a ring: 48 hours of ten seconds, and 60 days of five minutes. */
  static final int SLOTS = 17_280;

  /** Values in a row. */
  static final int COLUMNS = 32;

  private static final int HEAD = Long.BYTES + Integer.BYTES;
  private static final int ROW = HEAD + COLUMNS * Float.BYTES;
  private static final int CHUNK = 512;

  /** The most bytes that a ring takes. */
  static final long BYTES = (long) SLOTS * ROW;

  private final Path path;

  RingFile(Path path) {
    this.path = path;
  }

  /** Takes a row of a range. */
  interface Reader {
    void row(long slot, float[] values);
  }

  /** Writes a row; a value that is not a number leaves what the same slot had before. */
  void write(long slot, float[] values) throws IOException {
    try (FileChannel file =
        FileChannel.open(
            path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      float[] merged = values.clone();
      ByteBuffer old = ByteBuffer.allocate(ROW);
      readFully(file, old, place(slot));
      decode(old.flip(), slot)
          .ifPresent(
              before -> {
                for (int i = 0; i < COLUMNS; i++) {
                  merged[i] = Float.isNaN(merged[i]) ? before[i] : merged[i];
                }
              });
      ByteBuffer row = encode(slot, merged);
      long at = place(slot);
      while (row.hasRemaining()) {
        at += file.write(row, at);
      }
    }
  }

  /** Gives the rows of the slots from {@code first} to {@code last} in their order; those that are missing are skipped. */
  void read(long first, long last, Reader reader) throws IOException {
    if (!Files.exists(path)) {
      return;
    }
    try (FileChannel file = FileChannel.open(path, StandardOpenOption.READ)) {
      long slot = Math.max(first, last - SLOTS + 1);
      while (slot <= last) {
        int untilTheEnd = SLOTS - (int) Math.floorMod(slot, (long) SLOTS);
        int count = (int) Math.min(Math.min(CHUNK, untilTheEnd), last - slot + 1);
        ByteBuffer rows = ByteBuffer.allocate(count * ROW);
        readFully(file, rows, place(slot));
        rows.flip();
        for (int i = 0; i < count && rows.remaining() >= ROW; i++) {
          long now = slot + i;
          decode(rows, now).ifPresent(values -> reader.row(now, values));
        }
        slot += count;
      }
    }
  }

  private static long place(long slot) {
    return Math.floorMod(slot, (long) SLOTS) * ROW;
  }

  private static void readFully(FileChannel file, ByteBuffer buffer, long at) throws IOException {
    int read = 0;
    while (buffer.hasRemaining() && read >= 0) {
      read = file.read(buffer, at + buffer.position());
    }
  }

  private static ByteBuffer encode(long slot, float[] values) {
    ByteBuffer row = ByteBuffer.allocate(ROW).putLong(slot).putInt(0);
    for (float value : values) {
      row.putFloat(value);
    }
    return row.putInt(Long.BYTES, checksum(row.array())).flip();
  }

  /** Takes the next row from the buffer, whether it is any good or not. */
  private static Optional<float[]> decode(ByteBuffer buffer, long slot) {
    if (buffer.remaining() < ROW) {
      return Optional.empty();
    }
    byte[] bytes = new byte[ROW];
    buffer.get(bytes);
    ByteBuffer row = ByteBuffer.wrap(bytes);
    long found = row.getLong();
    int sum = row.getInt();
    if (found != slot || sum != checksum(bytes)) {
      return Optional.empty();
    }
    float[] values = new float[COLUMNS];
    for (int i = 0; i < COLUMNS; i++) {
      values[i] = row.getFloat();
    }
    return Optional.of(values);
  }

  private static int checksum(byte[] row) {
    CRC32C crc = new CRC32C();
    crc.update(row, 0, Long.BYTES);
    crc.update(row, HEAD, row.length - HEAD);
    return (int) crc.getValue();
  }

  /** A row in which nothing is known yet. */
  static float[] unknown() {
    float[] row = new float[COLUMNS];
    Arrays.fill(row, Float.NaN);
    return row;
  }
}
