package org.ladang.security.provider;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Reads the newest entries, without checking the chain. */
final class AuditReader {
  private static final int REACH = 4 * 1024 * 1024;

  private AuditReader() {}

  /** The newest entries, newest first. */
  static List<AuditLine> newest(AuditSnapshot snapshot, int limit) throws IOException {
    List<AuditLine> found = new ArrayList<>();
    List<AuditSnapshot.Part> parts = snapshot.parts();
    for (int i = parts.size() - 1; i >= 0 && found.size() < limit; i--) {
      lines(parts.get(i), limit, found);
    }
    return found;
  }

  private static void lines(AuditSnapshot.Part part, int limit, List<AuditLine> found)
      throws IOException {
    int length = (int) Math.min(part.size(), REACH);
    ByteBuffer buffer = ByteBuffer.allocate(length);
    long from = part.size() - length;
    int read = 0;
    while (buffer.hasRemaining() && read >= 0) {
      read = part.channel().read(buffer, from + buffer.position());
    }
    byte[] bytes = Arrays.copyOf(buffer.array(), buffer.position());
    int end = bytes.length;
    for (int i = bytes.length - 1; i >= -1 && found.size() < limit; i--) {
      if (i == -1 || bytes[i] == '\n') {
        if (end > i + 1) {
          AuditLine.parse(Arrays.copyOfRange(bytes, i + 1, end)).ifPresent(found::add);
        }
        end = i;
      }
    }
  }
}
