package org.ladang.shard.provider.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/** Sees every operation on the files below a folder before it happens; by throwing it makes the operation fail. For tests. */
public interface FileWatch {
  /** What is about to happen to a file. */
  enum Operation {
    /** It is opened. */
    OPEN,
    /** Bytes are read. */
    READ,
    /** Bytes are written. */
    WRITE,
    /** It is cut off. */
    TRUNCATE,
    /** The disk is told to keep what was written. */
    FORCE
  }

  /** Sees an operation. */
  void before(Operation operation, Path file, long position, int length) throws IOException;

  /** Sees what was read, from the buffer's {@code from} on; may change it. */
  default void read(Path file, long position, ByteBuffer buffer, int from) {}
}
