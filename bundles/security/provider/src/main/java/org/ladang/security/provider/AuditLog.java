package org.ladang.security.provider;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.ladang.kernel.Clock;
import org.ladang.kernel.Events;

/**
 * Appends to the trail. Not for several threads. Two versions of this bundle may write beside each other for the moment
 * of an upgrade: whoever writes holds the lock file and first looks whether the other one has moved the end.
 */
final class AuditLog {
  private static final Duration LOCK_WAIT = Duration.ofSeconds(10);

  private final AuditFiles files;
  private final AuditAnchors anchors;
  private final Clock clock;
  private final Events events;
  private final long maxBytes;
  private final int keep;
  private FileChannel channel;
  private Object fileKey;
  private long size;
  private ChainLink end = ChainLink.START;

  /**
   * @param maxBytes a file that is longer is full
   * @param keep how many full files are kept
   */
  AuditLog(
      AuditFiles files, AuditAnchors anchors, Clock clock, Events events, long maxBytes, int keep) {
    this.files = files;
    this.anchors = anchors;
    this.clock = clock;
    this.events = events;
    this.maxBytes = maxBytes;
    this.keep = keep;
  }

  /** Appends entries; they survive the end of the process when this returns, and a power failure after {@link #sync}. */
  void append(List<AuditEntry> entries) throws IOException {
    files.create();
    try (FileChannel lockFile =
            FileChannel.open(files.lock(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = lock(lockFile)) {
      if (moved()) {
        open();
      }
      write(entries);
      if (size >= maxBytes && lock.isValid()) {
        rotate();
      }
    }
  }

  /** Forces what was appended to disk and remembers the head. */
  void sync() throws IOException {
    if (channel != null) {
      channel.force(false);
      anchors.head(end);
    }
  }

  /** Lets go of the file; the next {@link #append} opens it anew. */
  void close() throws IOException {
    if (channel != null) {
      channel.close();
      channel = null;
    }
  }

  /** Runs while nobody appends. */
  <T> T still(IoSupplier<T> task) throws IOException {
    files.create();
    try (FileChannel lockFile =
            FileChannel.open(files.lock(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = lock(lockFile)) {
      if (!lock.isValid()) {
        throw new IOException("The lock of the audit trail was taken away.");
      }
      return task.get();
    }
  }

  /** Gives a value or fails to read it. */
  @FunctionalInterface
  interface IoSupplier<T> {
    T get() throws IOException;
  }

  private FileLock lock(FileChannel lockFile) throws IOException {
    long deadline = System.nanoTime() + LOCK_WAIT.toNanos();
    while (true) {
      FileLock lock = tryLock(lockFile);
      if (lock != null) {
        return lock;
      }
      if (System.nanoTime() - deadline > 0) {
        throw new IOException("The audit trail is locked by another writer for too long.");
      }
      LockSupport.parkNanos(2_000_000);
    }
  }

  private static FileLock tryLock(FileChannel lockFile) throws IOException {
    try {
      return lockFile.tryLock();
    } catch (OverlappingFileLockException e) {
      // Held within this process, by the other version of this bundle or by a reader.
      return null;
    }
  }

  private boolean moved() throws IOException {
    if (channel == null || !Files.exists(files.current())) {
      return true;
    }
    Path path = files.current();
    return Files.size(path) != size || !key(path).equals(fileKey);
  }

  private static Object key(Path path) throws IOException {
    Object key = Files.readAttributes(path, BasicFileAttributes.class).fileKey();
    return key == null ? path : key;
  }

  private void open() throws IOException {
    close();
    AuditResume resume = AuditResume.find(files, anchors, clock);
    if (resume.retire()) {
      files.retire();
    }
    boolean fresh = !Files.exists(files.current());
    channel =
        FileChannel.open(
            files.current(),
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.APPEND);
    if (fresh) {
      files.sync();
    }
    fileKey = key(files.current());
    size = channel.size();
    end = resume.from();
    if (resume.feed()) {
      size += write(ByteBuffer.wrap(new byte[] {'\n'}));
    }
    write(resume.notes());
    for (AuditEntry note : resume.notes()) {
      if (note.action().equals(AuditResume.GAP)) {
        events.error("security.audit", "", note.note());
      }
    }
  }

  private void write(List<AuditEntry> entries) throws IOException {
    List<byte[]> lines = new ArrayList<>(entries.size());
    ChainLink next = end;
    int length = 0;
    for (AuditEntry entry : entries) {
      AuditLine line = AuditLine.after(next, entry);
      byte[] bytes = line.bytes();
      lines.add(bytes);
      length += bytes.length;
      next = line.link();
    }
    ByteBuffer buffer = ByteBuffer.allocate(length);
    lines.forEach(buffer::put);
    size += write(buffer.flip());
    end = next;
  }

  private long write(ByteBuffer buffer) throws IOException {
    long before = size;
    long length = buffer.remaining();
    try {
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
      return length;
    } catch (IOException e) {
      // Half a line, as when the disk is full: take it back; if even that fails, it is found as
      // torn.
      try {
        channel.truncate(before);
        close();
      } catch (IOException again) {
        e.addSuppressed(again);
        channel = null;
      }
      throw e;
    }
  }

  private void rotate() throws IOException {
    sync();
    close();
    files.retire();
    List<Path> full = files.full();
    for (Path old : full.subList(0, Math.max(0, full.size() - keep))) {
      drop(old);
    }
  }

  /** Forgets the oldest file. The base is moved first: a file that is older than the base is ignored and removed later. */
  private void drop(Path old) throws IOException {
    Optional<ChainLink> last = AuditTail.of(old).last();
    ChainLink link = last.orElse(anchors.base().link());
    anchors.base(new AuditAnchors.Base(AuditFiles.ordinal(old), link));
    Files.delete(old);
    files.sync();
    open();
    write(
        List.of(
            AuditEntry.internal(
                clock.now(),
                "security:audit.dropped",
                AuditEntry.OK,
                old.getFileName().toString(),
                "The oldest file was dropped; it ended with entry " + link.seq() + ".")));
  }

  /** How torn bytes are named in the entry that follows them. */
  static String torn(byte[] rest) {
    var sha = Secrets.sha256();
    return rest.length + ":" + HexFormat.of().formatHex(sha.digest(rest));
  }
}
