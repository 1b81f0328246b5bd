package org.ladang.telemetry.provider;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.zip.CRC32C;

/**
 * Which series of an owner stands in which column: one line each, with a checksum, only ever appended to and on disk
 * before the column is used. A line that is damaged keeps its column, so that the others stay what they are; a last
 * line that {@code kill -9} tore is cut off.
 */
final class SeriesNames {
  private static final int SUM = 8;

  private final Path path;
  private final int most;
  private final Map<String, Integer> columns = new LinkedHashMap<>();
  private int lines;

  /**
   * @param most how many series there may be
   */
  SeriesNames(Path path, int most) {
    this.path = path;
    this.most = most;
    try {
      load();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void load() throws IOException {
    if (!Files.exists(path)) {
      return;
    }
    byte[] bytes = Files.readAllBytes(path);
    int start = 0;
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == '\n') {
        line(new String(bytes, start, i - start, StandardCharsets.UTF_8));
        start = i + 1;
      }
    }
    if (start < bytes.length) {
      try (FileChannel file = FileChannel.open(path, StandardOpenOption.WRITE)) {
        file.truncate(start);
      }
    }
  }

  private void line(String line) {
    int column = lines++;
    if (line.length() > SUM + 1 && line.substring(0, SUM).equals(sum(line.substring(SUM + 1)))) {
      columns.putIfAbsent(line.substring(SUM + 1), column);
    }
  }

  /** All names with their columns, in the order in which they came. */
  Map<String, Integer> all() {
    return Map.copyOf(columns);
  }

  /** The column of a series that is there. */
  OptionalInt find(String name) {
    Integer column = columns.get(name);
    return column == null ? OptionalInt.empty() : OptionalInt.of(column);
  }

  /** The column of a series, which is made when there is none; empty where there are too many. */
  OptionalInt column(String name) throws IOException {
    Integer known = columns.get(name);
    if (known != null) {
      return OptionalInt.of(known);
    }
    if (lines >= most || name.indexOf('\n') >= 0) {
      return OptionalInt.empty();
    }
    ByteBuffer line =
        ByteBuffer.wrap((sum(name) + " " + name + "\n").getBytes(StandardCharsets.UTF_8));
    try (FileChannel file =
        FileChannel.open(
            path, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND)) {
      while (line.hasRemaining()) {
        file.write(line);
      }
      file.force(true);
    }
    columns.put(name, lines);
    return OptionalInt.of(lines++);
  }

  private static String sum(String name) {
    CRC32C crc = new CRC32C();
    crc.update(name.getBytes(StandardCharsets.UTF_8));
    return HexFormat.of().toHexDigits((int) crc.getValue());
  }
}
