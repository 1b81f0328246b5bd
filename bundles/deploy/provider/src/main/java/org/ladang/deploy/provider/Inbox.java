package org.ladang.deploy.provider;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder {@code deploy/} with its two drawers, {@code .failed} and {@code .replaced}. Every move is a rename on one
 * disk, so that a file is always either here or there.
 */
final class Inbox {
  private static final Logger LOG = LoggerFactory.getLogger(Inbox.class);

  private static final String LAID_OUT = ".laid-out.tmp";

  private final Path folder;
  private final Path failed;
  private final Path replaced;
  private final boolean unix;
  private final Runnable beforeEach;

  Inbox(Path folder) {
    this(folder, () -> {});
  }

  /** An inbox that calls {@code beforeEach} before it changes anything on the disk: there a test can cut it off. */
  Inbox(Path folder, Runnable beforeEach) {
    this.folder = folder;
    this.beforeEach = beforeEach;
    this.failed = folder.resolve(".failed");
    this.replaced = folder.resolve(".replaced");
    this.unix = folder.getFileSystem().supportedFileAttributeViews().contains("unix");
  }

  Path folder() {
    return folder;
  }

  Path file(String name) {
    return folder.resolve(name);
  }

  /** Whether a name is not meant for the inbox: hidden, or of a file that is still being written. */
  static boolean ignored(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return name.startsWith(".")
        || lower.endsWith(".part")
        || lower.endsWith(".tmp")
        || lower.endsWith("~");
  }

  /**
   * All files in the folder.
   *
   * @throws IOException when the folder cannot be read; nothing is known of its files then
   */
  Map<String, Stamp> look() throws IOException {
    Map<String, Stamp> found = new LinkedHashMap<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        String name = file.getFileName().toString();
        stamp(name).ifPresent(stamp -> found.put(name, stamp));
      }
    } catch (java.nio.file.DirectoryIteratorException e) {
      throw e.getCause();
    }
    return found;
  }

  /** One file; empty where there is none that concerns us. */
  Optional<Stamp> stamp(String name) throws IOException {
    return ignored(name) ? Optional.empty() : Stamp.of(file(name), unix);
  }

  /** Puts a file away as refused, with the reason beside it. */
  void toFailed(String name, String reason) throws IOException {
    writeReason(name, reason);
    move(file(name), failed.resolve(name));
  }

  /**
   * Puts a copy away as refused and brings the former content back under the name, without a moment in which there is no
   * file of that name: a start in that moment would take the bundle for removed.
   */
  void toFailed(String name, String reason, Path formerContent) throws IOException {
    writeReason(name, reason);
    copy(file(name), failed.resolve(name));
    bringBack(name, formerContent);
  }

  /** Puts refused content away, from the store; what is in the inbox under its name by now stays. */
  void storedToFailed(String name, String reason, Path content) throws IOException {
    writeReason(name, reason);
    copy(content, failed.resolve(name));
  }

  /** Puts stored content under a name in the inbox. */
  void bringBack(String name, Path content) throws IOException {
    Path beside = folder.resolve("." + name + ".tmp");
    copy(content, beside);
    move(beside, file(name));
  }

  /** Puts a file away because another one took its place; nothing happens where it is gone already. */
  void toReplaced(String name) throws IOException {
    beforeEach.run();
    Files.createDirectories(replaced);
    try {
      move(file(name), replaced.resolve(name));
    } catch (NoSuchFileException e) {
      return; // Somebody else took it away: that is what we wanted.
    }
  }

  /** Lays content down under a hidden name, to be moved in later. */
  void layOut(String name, Path content) throws IOException {
    copy(content, hidden(name));
  }

  /** The names under which something was laid out. */
  List<String> laidOut() throws IOException {
    List<String> names = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, ".*" + LAID_OUT)) {
      for (Path file : files) {
        String hidden = file.getFileName().toString();
        names.add(hidden.substring(1, hidden.length() - LAID_OUT.length()));
      }
    }
    return names;
  }

  /** Gives what was laid out its name. */
  void moveIn(String name) throws IOException {
    move(hidden(name), file(name));
  }

  /** Forgets what was laid out. */
  void dropLaidOut(String name) throws IOException {
    beforeEach.run();
    Files.deleteIfExists(hidden(name));
  }

  private Path hidden(String name) {
    return folder.resolve("." + name + LAID_OUT);
  }

  /** Where a file lies that was put away as refused. */
  Path failed(String name) {
    return failed.resolve(name);
  }

  /** Where a file lies that was put away because another one took its place. */
  Path replaced(String name) {
    return replaced.resolve(name);
  }

  /** The stamp of a file that was put away as refused. */
  Optional<Stamp> failedStamp(String name) throws IOException {
    return Stamp.of(failed.resolve(name), unix);
  }

  /** Whether a file that was put away as refused is a complete ZIP file by now. */
  boolean failedIsComplete(String name) throws IOException {
    return ZipEnd.complete(failed.resolve(name));
  }

  /** Takes a file back that was put away as refused. */
  void fromFailed(String name) throws IOException {
    move(failed.resolve(name), file(name));
    beforeEach.run();
    Files.deleteIfExists(reasonFile(name));
  }

  /** What was refused has been taken after all: its copy and the reason go. */
  void forgetFailed(String name) {
    try {
      Files.deleteIfExists(failed.resolve(name));
      Files.deleteIfExists(reasonFile(name));
    } catch (IOException e) {
      LOG.warn("{} was taken, but stays in .failed as well", name, e);
    }
  }

  Path reasonFile(String name) {
    return failed.resolve(name + ".reason.txt");
  }

  private void writeReason(String name, String reason) throws IOException {
    beforeEach.run();
    Files.createDirectories(failed);
    beforeEach.run();
    Files.writeString(reasonFile(name), reason, StandardCharsets.UTF_8);
  }

  private void copy(Path from, Path to) throws IOException {
    beforeEach.run();
    Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
  }

  private void move(Path from, Path to) throws IOException {
    beforeEach.run();
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
