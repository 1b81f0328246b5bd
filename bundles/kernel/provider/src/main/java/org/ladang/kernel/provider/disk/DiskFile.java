package org.ladang.kernel.provider.disk;

import java.io.Closeable;
import java.io.IOException;

/** A file that grows at its end. Not safe for more than one thread. */
public interface DiskFile extends Closeable {
  /** How long it is, in bytes. */
  long size() throws IOException;

  /** Writes at the end. Durable after {@link #force}. */
  void append(byte[] bytes, int offset, int length) throws IOException;

  /** Writes at the end. Durable after {@link #force}. */
  default void append(byte[] bytes) throws IOException {
    append(bytes, 0, bytes.length);
  }

  /** Cuts off what stands beyond {@code size}. */
  void truncate(long size) throws IOException;

  /** Makes all that was written durable (fsync). */
  void force() throws IOException;
}
