package org.ladang.security.provider;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A line of the trail: one JSON object whose last member is the SHA-256 of all bytes before it, which include the
 * former line's hash. The bytes as they lie in the file are hashed, not what they mean, so no change of any byte goes
 * unseen.
 *
 * @param link its number and hash
 * @param prev the former line's hash
 */
record AuditLine(ChainLink link, String prev, AuditEntry entry) {
  /** The line that comes after {@code prev}. */
  static AuditLine after(ChainLink prev, AuditEntry entry) {
    byte[] body = body(prev.seq() + 1, prev.hash(), entry);
    ChainLink link = new ChainLink(prev.seq() + 1, AuditFrame.hash(body, body.length));
    return new AuditLine(link, prev.hash(), entry);
  }

  /** The bytes of the line, with its line feed. */
  byte[] bytes() {
    byte[] body = body(link.seq(), prev, entry);
    byte[] tail =
        (AuditFrame.BEFORE_HASH.substring(1) + link.hash() + AuditFrame.AFTER_HASH + "\n")
            .getBytes(StandardCharsets.US_ASCII);
    byte[] line = new byte[body.length + tail.length];
    System.arraycopy(body, 0, line, 0, body.length);
    System.arraycopy(tail, 0, line, body.length, tail.length);
    return line;
  }

  /** Reads a line without its line feed; empty when it is not exactly what {@link #bytes} wrote. */
  static Optional<AuditLine> parse(byte[] line) {
    Optional<AuditFrame> frame = AuditFrame.parse(line);
    if (frame.isEmpty()) {
      return Optional.empty();
    }
    try {
      Map<String, Object> map = JSON.std.mapFrom(new String(line, StandardCharsets.UTF_8));
      return Optional.of(new AuditLine(frame.get().link(), frame.get().prev(), entry(map)));
    } catch (IOException | DateTimeException e) {
      return Optional.empty();
    }
  }

  private static AuditEntry entry(Map<String, Object> map) {
    return new AuditEntry(
        Instant.parse(Shape.text(map, "at")),
        Shape.text(map, "principal"),
        Shape.text(map, "door"),
        Shape.text(map, "trace"),
        Shape.text(map, "action"),
        Shape.text(map, "outcome"),
        Shape.number(map, "millis"),
        Shape.text(map, "subject"),
        Shape.text(map, "note"));
  }

  /** The JSON object up to and without the member {@code hash}. */
  private static byte[] body(long seq, String prev, AuditEntry entry) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("seq", seq);
    map.put("at", entry.at().toString());
    map.put("principal", entry.principal());
    map.put("door", entry.door());
    map.put("trace", entry.trace());
    map.put("action", entry.action());
    map.put("outcome", entry.outcome());
    map.put("millis", entry.millis());
    map.put("subject", entry.subject());
    map.put("note", entry.note());
    map.put("prev", prev);
    try {
      byte[] json = JSON.std.asString(map).getBytes(StandardCharsets.UTF_8);
      byte[] open = new byte[json.length - 1];
      System.arraycopy(json, 0, open, 0, open.length);
      return open;
    } catch (IOException e) {
      throw new UncheckedIOException("text cannot fail to be written to memory", e);
    }
  }
}
