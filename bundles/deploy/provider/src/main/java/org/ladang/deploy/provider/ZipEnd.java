package org.ladang.deploy.provider;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Tells a ZIP file that was written to its end from one that is still being written: the end-of-central-directory record
 * (APPNOTE 4.3.16) stands at the very end, and the directory it points to lies right before it and begins with the
 * right signature. A jar inside a half-written jar does not deceive it, since its offsets are not the file's.
 */
final class ZipEnd {
  private static final int END = 0x06054b50;
  private static final int DIRECTORY = 0x02014b50;
  private static final int END_LENGTH = 22;
  private static final int LONGEST = END_LENGTH + 0xFFFF;
  private static final int ZIP64_LOCATOR = 0x07064b50;
  private static final int ZIP64_LOCATOR_LENGTH = 20;

  private ZipEnd() {}

  /** Whether the file is a complete ZIP file; false where it only may become one. */
  static boolean complete(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      long size = channel.size();
      if (size < END_LENGTH) {
        return false;
      }
      // Nearly every jar has no comment: one small read will do.
      return complete(channel, size, END_LENGTH)
          || complete(channel, size, (int) Math.min(size, LONGEST));
    }
  }

  private static boolean complete(FileChannel channel, long size, int length) throws IOException {
    ByteBuffer tail = read(channel, size - length, length);
    for (int at = length - END_LENGTH; at >= 0; at--) {
      if (tail.getInt(at) == END && (tail.getShort(at + 20) & 0xFFFF) == length - END_LENGTH - at) {
        return consistent(channel, size - length + at, tail, at);
      }
    }
    return false;
  }

  private static boolean consistent(FileChannel channel, long position, ByteBuffer tail, int at)
      throws IOException {
    long length = tail.getInt(at + 12) & 0xFFFFFFFFL;
    long offset = tail.getInt(at + 16) & 0xFFFFFFFFL;
    int entries = tail.getShort(at + 10) & 0xFFFF;
    if (offset == 0xFFFFFFFFL || length == 0xFFFFFFFFL || entries == 0xFFFF) {
      return position >= ZIP64_LOCATOR_LENGTH
          && read(channel, position - ZIP64_LOCATOR_LENGTH, 4).getInt(0) == ZIP64_LOCATOR;
    }
    if (offset + length != position) {
      return false;
    }
    return entries == 0 || length >= 4 && read(channel, offset, 4).getInt(0) == DIRECTORY;
  }

  private static ByteBuffer read(FileChannel channel, long position, int length)
      throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    while (buffer.hasRemaining()) {
      if (channel.read(buffer, position + buffer.position()) < 0) {
        throw new EOFException("The file became shorter while it was read.");
      }
    }
    return buffer;
  }
}
