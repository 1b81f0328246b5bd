package org.ladang.security.provider;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;

/**
 * What of a line the chain needs: its number, its hash, and the hash of the line before. Read from their fixed places,
 * since a walk along the chain need not know what the entries say.
 *
 * @param link its number and hash
 * @param prev the former line's hash
 */
record AuditFrame(ChainLink link, String prev) {
  static final String BEFORE_SEQ = "{\"seq\":";
  static final String BEFORE_PREV = ",\"prev\":\"";
  static final String BEFORE_HASH = "\",\"hash\":\"";
  static final String AFTER_HASH = "\"}";
  private static final int HASH = 64;
  private static final int TAIL = BEFORE_HASH.length() + HASH + AFTER_HASH.length();

  /** Reads a line without its line feed; empty when it is not exactly what {@link AuditLine#bytes} writes. */
  static Optional<AuditFrame> parse(byte[] line) {
    int hashed = line.length - TAIL + 1; // The quote that ends the former hash is hashed too.
    int prevAt = hashed - 1 - HASH;
    int comma = prevAt - BEFORE_PREV.length();
    if (comma <= BEFORE_SEQ.length() || !at(line, 0, BEFORE_SEQ) || !at(line, comma, BEFORE_PREV)) {
      return Optional.empty();
    }
    String hash = hash(line, hashed);
    if (!at(line, hashed - 1, BEFORE_HASH + hash + AFTER_HASH)) {
      return Optional.empty();
    }
    long seq = seq(line);
    String prev = new String(line, prevAt, HASH, StandardCharsets.ISO_8859_1);
    return seq < 1 ? Optional.empty() : Optional.of(new AuditFrame(new ChainLink(seq, hash), prev));
  }

  boolean follows(ChainLink before) {
    return link.seq() == before.seq() + 1 && prev.equals(before.hash());
  }

  static String hash(byte[] bytes, int length) {
    var sha = Secrets.sha256();
    sha.update(bytes, 0, length);
    return HexFormat.of().formatHex(sha.digest());
  }

  private static boolean at(byte[] line, int from, String expected) {
    for (int i = 0; i < expected.length(); i++) {
      if (line[from + i] != expected.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /** The number after the opening; 0 when there is none that fits. */
  private static long seq(byte[] line) {
    long seq = 0;
    int i = BEFORE_SEQ.length();
    for (; i < BEFORE_SEQ.length() + 18 && line[i] >= '0' && line[i] <= '9'; i++) {
      seq = seq * 10 + line[i] - '0';
    }
    return line[i] == ',' ? seq : 0;
  }
}
