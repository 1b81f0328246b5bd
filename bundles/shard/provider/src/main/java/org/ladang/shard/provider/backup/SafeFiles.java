package org.ladang.shard.provider.backup;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/** The few operations on files that backup and restore are made of; each tells the watch when it is done. */
final class SafeFiles {
  private static final int BUFFER = 1 << 16;

  private final BackupWatch watch;

  SafeFiles(BackupWatch watch) {
    this.watch = watch;
  }

  void reached(BackupStep step, Path file) throws IOException {
    watch.reached(step, file);
  }

  /** The SHA-256 of a file, in hexadecimal. */
  static String sha256(Path file) throws IOException {
    return digest(file, OutputStream.nullOutputStream());
  }

  private static String digest(Path file, OutputStream target) throws IOException {
    MessageDigest digest;
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
    byte[] buffer = new byte[BUFFER];
    try (InputStream plain = Files.newInputStream(file);
        InputStream in = new DigestInputStream(plain, digest)) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        target.write(buffer, 0, n);
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  /** Copies a file and has the disk keep the copy; returns the SHA-256 of what was copied. */
  String copy(Path from, Path to) throws IOException {
    Files.createDirectories(to.getParent());
    String sum;
    try (OutputStream out = Files.newOutputStream(to)) {
      sum = digest(from, out);
    }
    watch.reached(BackupStep.COPIED, to);
    force(to);
    return sum;
  }

  /** Has the disk keep a file, or the names in a folder. */
  void force(Path file) throws IOException {
    StandardOpenOption how =
        Files.isDirectory(file) ? StandardOpenOption.READ : StandardOpenOption.WRITE;
    try (FileChannel channel = FileChannel.open(file, how)) {
      channel.force(true);
    }
    watch.reached(BackupStep.FORCED, file);
  }

  /** Writes a small file, whole or not at all. */
  void write(Path file, String text) throws IOException {
    Path part = file.resolveSibling(file.getFileName() + ".part");
    Files.writeString(part, text, StandardCharsets.UTF_8);
    watch.reached(BackupStep.WRITTEN, part);
    force(part);
    move(part, file);
  }

  /** Gives a file or folder another name, durably. */
  void move(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    watch.reached(BackupStep.MOVED, to);
    force(to.getParent());
  }

  /** Deletes a file, durably. */
  void delete(Path file) throws IOException {
    Files.deleteIfExists(file);
    watch.reached(BackupStep.DELETED, file);
    force(file.getParent());
  }

  /** Deletes a folder with all that is in it; nothing when it is not there. */
  void deleteTree(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    List<Path> files;
    try (Stream<Path> walk = Files.walk(folder)) {
      files = walk.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path file : files) {
      Files.delete(file);
    }
    watch.reached(BackupStep.DELETED, folder);
  }
}
