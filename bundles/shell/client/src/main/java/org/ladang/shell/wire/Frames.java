package org.ladang.shell.wire;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/**
 * Frames on a byte stream: four bytes of length, big-endian, then so many bytes of UTF-8 JSON, an object. One thread may
 * read while another one writes; two may not do the same.
 */
public final class Frames {
  /** The longest frame in bytes, without its length. */
  public static final int LIMIT = 1 << 20;

  private Frames() {}

  /**
   * Reads the next frame; waits for it.
   *
   * @return empty at a clean end of the stream
   * @throws IOException when the frame is longer than {@link #LIMIT}, is no JSON object, or ends early
   */
  public static Optional<Map<String, Object>> read(ReadableByteChannel in) throws IOException {
    ByteBuffer head = ByteBuffer.allocate(4);
    if (!fill(in, head)) {
      return Optional.empty();
    }
    int length = head.flip().getInt();
    if (length < 0 || length > LIMIT) {
      throw new IOException(
          "A frame of "
              + Integer.toUnsignedLong(length)
              + " bytes; at most "
              + LIMIT
              + " are allowed.");
    }
    ByteBuffer body = ByteBuffer.allocate(length);
    if (length > 0 && !fill(in, body)) {
      throw new EOFException("The stream ended inside of a frame.");
    }
    String text = StandardCharsets.UTF_8.decode(body.flip()).toString();
    try {
      return Optional.of(Json.object(text));
    } catch (IllegalArgumentException e) {
      throw new IOException("A frame without a JSON object: " + e.getMessage(), e);
    }
  }

  /**
   * Writes one frame whole.
   *
   * @throws IOException when it is longer than {@link #LIMIT}; nothing was written then
   */
  public static void write(WritableByteChannel out, Map<String, ?> message) throws IOException {
    byte[] body = Json.text(message).getBytes(StandardCharsets.UTF_8);
    if (body.length > LIMIT) {
      throw new IOException(
          "A frame of " + body.length + " bytes; at most " + LIMIT + " are allowed.");
    }
    ByteBuffer frame = ByteBuffer.allocate(4 + body.length).putInt(body.length).put(body).flip();
    while (frame.hasRemaining()) {
      out.write(frame);
    }
  }

  /** False when the stream ended before the first byte. */
  private static boolean fill(ReadableByteChannel in, ByteBuffer buffer) throws IOException {
    while (buffer.hasRemaining()) {
      if (in.read(buffer) < 0) {
        if (buffer.position() == 0) {
          return false;
        }
        throw new EOFException("The stream ended inside of a frame.");
      }
    }
    return true;
  }
}
