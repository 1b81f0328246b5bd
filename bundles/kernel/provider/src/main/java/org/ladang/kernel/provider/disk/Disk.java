package org.ladang.kernel.provider.disk;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;

/**
 * The few things that what must survive asks of a file system. A layer of its own so that tests can cut the power at
 * any operation. An interrupted thread does not break any of them.
 */
public interface Disk {
  /** Opens a file to append to it; makes it when it is not there. */
  DiskFile open(Path file) throws IOException;

  /** Reads a file from its beginning. */
  InputStream read(Path file) throws IOException;

  /** The entries of a folder, in the order of their names. */
  List<Path> list(Path folder) throws IOException;

  /** Whether there is such a file or folder. */
  boolean exists(Path file);

  /** Makes a folder, and those above it; they are durable when this returns. */
  void createFolders(Path folder) throws IOException;

  /** Renames a file in one step, in place of what has that name. Durable after {@link #forceFolder}. */
  void move(Path from, Path to) throws IOException;

  /** Deletes a file; nothing happens when it is not there. */
  void delete(Path file) throws IOException;

  /** Makes the names in a folder durable. */
  void forceFolder(Path folder) throws IOException;
}
