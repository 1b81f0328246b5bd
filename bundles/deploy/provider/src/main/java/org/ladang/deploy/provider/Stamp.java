package org.ladang.deploy.provider;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.Optional;

/**
 * What tells one content of a file from another without reading it.
 *
 * @param bytes its size
 * @param modified when it was last written
 * @param key the file's identity on its disk; changes when another file is renamed over it
 * @param dropped when it was put or last changed in this folder, as well as the disk can tell
 */
record Stamp(long bytes, FileTime modified, String key, FileTime dropped) {

  /** Whether the content is the same, as far as can be told without reading it. */
  boolean sameContent(Stamp other) {
    return bytes == other.bytes && modified.equals(other.modified) && key.equals(other.key);
  }

  /** The stamp of a regular file; empty where there is none. */
  static Optional<Stamp> of(Path file, boolean unix) throws IOException {
    try {
      return unix ? unix(file) : basic(file);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  private static Optional<Stamp> unix(Path file) throws IOException {
    // ctime changes when a file is renamed into the folder, whatever its own date.
    Map<String, Object> read =
        Files.readAttributes(file, "unix:isRegularFile,size,lastModifiedTime,ino,ctime");
    if (!Boolean.TRUE.equals(read.get("isRegularFile"))) {
      return Optional.empty();
    }
    return Optional.of(
        new Stamp(
            (Long) read.get("size"),
            (FileTime) read.get("lastModifiedTime"),
            String.valueOf(read.get("ino")),
            (FileTime) read.get("ctime")));
  }

  private static Optional<Stamp> basic(Path file) throws IOException {
    BasicFileAttributes read = Files.readAttributes(file, BasicFileAttributes.class);
    if (!read.isRegularFile()) {
      return Optional.empty();
    }
    return Optional.of(
        new Stamp(
            read.size(),
            read.lastModifiedTime(),
            String.valueOf(read.fileKey()),
            read.lastModifiedTime()));
  }
}
