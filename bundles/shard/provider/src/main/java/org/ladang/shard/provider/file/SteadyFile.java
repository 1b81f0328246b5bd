package org.ladang.shard.provider.file;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileLock;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import org.h2.store.fs.FileBaseDefault;

/**
 * A file on {@link RandomAccessFile}, which no interrupt closes. One handle reads and one writes, so that a reader does
 * not wait for the disk.
 */
final class SteadyFile extends FileBaseDefault {
  private final Path path;
  private final boolean readOnly;
  private final RandomAccessFile reader;
  private final RandomAccessFile writer;

  SteadyFile(Path path, String mode) throws IOException {
    this.path = path;
    this.readOnly = mode.equals("r");
    before(FileWatch.Operation.OPEN, 0, 0);
    writer = new RandomAccessFile(path.toFile(), readOnly ? "r" : "rw");
    reader = new RandomAccessFile(path.toFile(), "r");
  }

  private FileWatch before(FileWatch.Operation operation, long position, int length)
      throws IOException {
    FileWatch watch = SteadyFiles.watchOf(path);
    if (watch != null) {
      watch.before(operation, path, position, length);
    }
    return watch;
  }

  @Override
  public long size() throws IOException {
    synchronized (reader) {
      return reader.length();
    }
  }

  @Override
  public int read(ByteBuffer target, long position) throws IOException {
    FileWatch watch = before(FileWatch.Operation.READ, position, target.remaining());
    int length = target.remaining();
    if (length == 0) {
      return 0;
    }
    int from = target.position();
    int done;
    if (target.hasArray()) {
      done = readAt(target.array(), target.arrayOffset() + from, length, position);
      if (done > 0) {
        target.position(from + done);
      }
    } else {
      byte[] bytes = new byte[length];
      done = readAt(bytes, 0, length, position);
      if (done > 0) {
        target.put(bytes, 0, done);
      }
    }
    if (watch != null && done > 0) {
      watch.read(path, position, target, from);
    }
    return done;
  }

  private int readAt(byte[] bytes, int offset, int length, long position) throws IOException {
    synchronized (reader) {
      reader.seek(position);
      return reader.read(bytes, offset, length);
    }
  }

  @Override
  public int write(ByteBuffer source, long position) throws IOException {
    if (readOnly) {
      throw new NonWritableChannelException();
    }
    int length = source.remaining();
    before(FileWatch.Operation.WRITE, position, length);
    byte[] bytes;
    int offset;
    if (source.hasArray()) {
      bytes = source.array();
      offset = source.arrayOffset() + source.position();
      source.position(source.position() + length);
    } else {
      bytes = new byte[length];
      offset = 0;
      source.get(bytes);
    }
    synchronized (writer) {
      writer.seek(position);
      writer.write(bytes, offset, length);
    }
    return length;
  }

  @Override
  protected void implTruncate(long size) throws IOException {
    if (readOnly) {
      throw new NonWritableChannelException();
    }
    before(FileWatch.Operation.TRUNCATE, size, 0);
    synchronized (writer) {
      if (size < writer.length()) {
        writer.setLength(size);
      }
    }
  }

  @Override
  public void force(boolean metaData) throws IOException {
    before(FileWatch.Operation.FORCE, 0, 0);
    writer.getFD().sync();
  }

  @Override
  public FileLock tryLock(long position, long size, boolean shared) throws IOException {
    try {
      return writer.getChannel().tryLock(position, size, shared);
    } catch (OverlappingFileLockException e) {
      // Open in this process already.
      return null;
    }
  }

  @Override
  protected void implCloseChannel() throws IOException {
    reader.close();
    writer.close();
  }

  @Override
  public String toString() {
    return SteadyFiles.SCHEME + ":" + path;
  }
}
