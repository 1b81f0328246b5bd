package org.ladang.security.provider;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Where the trail lies: {@code audit.log}, which grows, and the full ones before it, {@code audit-000001.log} and on. */
final class AuditFiles {
  private static final Pattern FULL = Pattern.compile("audit-(\\d{6,})\\.log");

  private final Path folder;

  AuditFiles(Path folder) {
    this.folder = folder;
  }

  /** Makes the folder, for its owner's eyes only where the file system knows owners. */
  void create() throws IOException {
    if (Files.isDirectory(folder)) {
      return;
    }
    if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      Files.createDirectories(
          folder,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    } else {
      Files.createDirectories(folder);
    }
  }

  Path current() {
    return folder.resolve("audit.log");
  }

  Path lock() {
    return folder.resolve("audit.lock");
  }

  /** The full files, oldest first. */
  List<Path> full() throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(p -> ordinal(p) > 0)
          .sorted((a, b) -> Long.compare(ordinal(a), ordinal(b)))
          .toList();
    }
  }

  /** All files of the trail, oldest first; {@code audit.log} last, if it is there. */
  List<Path> all() throws IOException {
    List<Path> all = new ArrayList<>(full());
    if (Files.exists(current())) {
      all.add(current());
    }
    return all;
  }

  /** The number of a full file; 0 for any other. */
  static long ordinal(Path file) {
    Matcher name = FULL.matcher(file.getFileName().toString());
    return name.matches() ? Long.parseLong(name.group(1)) : 0;
  }

  /** Makes the present file a full one; the next entry begins a new one. */
  Path retire() throws IOException {
    List<Path> full = full();
    long next = full.isEmpty() ? 1 : ordinal(full.get(full.size() - 1)) + 1;
    Path target = folder.resolve(String.format("audit-%06d.log", next));
    Files.move(current(), target, StandardCopyOption.ATOMIC_MOVE);
    sync();
    return target;
  }

  /** Makes names durable: a file that was made or renamed is found after the power failed. */
  void sync() throws IOException {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
