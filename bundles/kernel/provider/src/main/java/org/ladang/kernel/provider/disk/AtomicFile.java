package org.ladang.kernel.provider.disk;

import java.io.IOException;
import java.nio.file.Path;

/** A small file that is replaced as a whole: at any moment it holds the old content or the new one. */
public final class AtomicFile {
  private AtomicFile() {}

  /**
   * Writes beside, fsyncs, renames and fsyncs the folder. When this throws, the file may hold the old content or the
   * new one, but nothing else.
   */
  public static void write(Disk disk, Path file, byte[] content) throws IOException {
    Path temp = file.resolveSibling(file.getFileName() + ".tmp");
    try {
      disk.delete(temp);
      try (DiskFile out = disk.open(temp)) {
        out.append(content);
        out.force();
      }
      disk.move(temp, file);
    } catch (IOException e) {
      try {
        disk.delete(temp);
      } catch (IOException second) {
        e.addSuppressed(second);
      }
      throw e;
    }
    disk.forceFolder(file.getParent());
  }
}
