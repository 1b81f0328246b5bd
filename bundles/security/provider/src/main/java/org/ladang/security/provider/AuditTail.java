package org.ladang.security.provider;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Optional;

/**
 * The end of a file of the trail.
 *
 * @param last the last line that is whole; empty when there is none within reach
 * @param rest the bytes after it, which are no whole line; empty after a clean end
 * @param whole whether all bytes of the file were looked at
 */
record AuditTail(Optional<ChainLink> last, byte[] rest, boolean whole) {
  // A torn batch is at most what was written at once; what lies further back was seen by fsync long
  // ago.
  private static final int REACH = 1024 * 1024;

  static AuditTail of(Path file) throws IOException {
    byte[] bytes;
    boolean whole;
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      long size = channel.size();
      int length = (int) Math.min(size, REACH);
      whole = length == size;
      ByteBuffer buffer = ByteBuffer.allocate(length);
      long from = size - length;
      int read = 0;
      while (buffer.hasRemaining() && read >= 0) {
        read = channel.read(buffer, from + buffer.position());
      }
      bytes = Arrays.copyOf(buffer.array(), buffer.position());
    }
    return of(bytes, whole);
  }

  private static AuditTail of(byte[] bytes, boolean whole) {
    int end = bytes.length;
    while (end > 0) {
      int feed = lastFeed(bytes, end);
      if (feed < 0) {
        break;
      }
      int start = lastFeed(bytes, feed) + 1;
      Optional<AuditFrame> line = AuditFrame.parse(Arrays.copyOfRange(bytes, start, feed));
      if (line.isPresent()) {
        byte[] rest = Arrays.copyOfRange(bytes, feed + 1, bytes.length);
        return new AuditTail(line.map(AuditFrame::link), rest, whole);
      }
      end = feed;
    }
    return new AuditTail(Optional.empty(), bytes, whole);
  }

  /** The last line feed before {@code end}, or -1. */
  private static int lastFeed(byte[] bytes, int end) {
    for (int i = end - 1; i >= 0; i--) {
      if (bytes[i] == '\n') {
        return i;
      }
    }
    return -1;
  }
}
