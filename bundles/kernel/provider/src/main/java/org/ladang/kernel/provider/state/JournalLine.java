package org.ladang.kernel.provider.state;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32;
import org.ladang.kernel.provider.json.Json;

/**
 * One change in a journal: {@code crc32 {"key":...,"value":...}} and a line feed; no value means that the key was
 * removed.
 *
 * @param key what changed
 * @param value its new value, JSON-shaped; null when it was removed
 */
record JournalLine(String key, Object value) {
  private static final int CRC_DIGITS = 8;

  /** The line as it is written, with its line feed. */
  byte[] bytes() {
    Map<String, Object> change = new LinkedHashMap<>();
    change.put("key", key);
    if (value != null) {
      change.put("value", value);
    }
    byte[] text = (Json.text(change) + "\n").getBytes(StandardCharsets.UTF_8);
    byte[] start = (crc(text, 0, text.length - 1) + " ").getBytes(StandardCharsets.US_ASCII);
    byte[] line = new byte[start.length + text.length];
    System.arraycopy(start, 0, line, 0, start.length);
    System.arraycopy(text, 0, line, start.length, text.length);
    return line;
  }

  /** Reads the bytes from {@code start} to before the line feed at {@code end}; empty when they are damaged. */
  static Optional<JournalLine> read(byte[] bytes, int start, int end) {
    int text = start + CRC_DIGITS + 1;
    if (end < text) {
      return Optional.empty();
    }
    String stated = new String(bytes, start, CRC_DIGITS, StandardCharsets.US_ASCII);
    if (bytes[text - 1] != ' ' || !stated.equals(crc(bytes, text, end - text))) {
      return Optional.empty();
    }
    try {
      Object json = Json.parse(new String(bytes, text, end - text, StandardCharsets.UTF_8));
      return json instanceof Map<?, ?> change && change.get("key") instanceof String key
          ? Optional.of(new JournalLine(key, change.get("value")))
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static String crc(byte[] bytes, int start, int length) {
    CRC32 crc = new CRC32();
    crc.update(bytes, start, length);
    return String.format("%08x", crc.getValue());
  }
}
