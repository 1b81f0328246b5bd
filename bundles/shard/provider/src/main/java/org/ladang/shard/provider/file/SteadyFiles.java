package org.ladang.shard.provider.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.h2.store.fs.FilePath;
import org.h2.store.fs.FilePathWrapper;

/**
 * The file system {@code ladang:} for H2. Its files stay open when a thread is interrupted that reads or writes: Java
 * closes the usual ones then, for everybody, and H2 gives up the database. Callers therefore work on their own threads,
 * which the gate interrupts at their deadline, and need no hand-over. (H2's own {@code async:} has the same effect, but
 * hands each single access to another thread; {@code retry:} opens the file again.)
 */
public final class SteadyFiles extends FilePathWrapper {
  /** Goes before the path in a database's address. */
  public static final String SCHEME = "ladang";

  private static final SteadyFiles ROOT = new SteadyFiles();
  private static final Map<Path, FileWatch> WATCHES = new ConcurrentHashMap<>();
  private static int users;

  /** H2 makes them. */
  public SteadyFiles() {}

  /** Makes H2 know it, until {@link #unregister} was called as often. */
  public static synchronized void register() {
    users++;
    FilePath.register(ROOT);
  }

  /** H2 lives longer than this bundle: it must not hold it. */
  public static synchronized void unregister() {
    users--;
    if (users == 0) {
      FilePath.unregister(ROOT);
    }
  }

  /** Shows the watch every operation on files below the folder that are opened from now on. */
  public static void watch(Path folder, FileWatch watch) {
    WATCHES.put(folder.toAbsolutePath().normalize(), watch);
  }

  /** Ends a watch, also of files that are open. */
  public static void unwatch(Path folder) {
    WATCHES.remove(folder.toAbsolutePath().normalize());
  }

  static FileWatch watchOf(Path file) {
    if (WATCHES.isEmpty()) {
      return null;
    }
    for (Path folder = file.getParent(); folder != null; folder = folder.getParent()) {
      FileWatch watch = WATCHES.get(folder);
      if (watch != null) {
        return watch;
      }
    }
    return null;
  }

  @Override
  public FileChannel open(String mode) throws IOException {
    return new SteadyFile(Path.of(getBase().toString()).toAbsolutePath().normalize(), mode);
  }

  @Override
  public String getScheme() {
    return SCHEME;
  }
}
