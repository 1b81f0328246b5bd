package org.ladang.launcher;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;

/**
 * The right to write a home, held by one process: a lock of the operating system on {@code run/lock}, gone with the
 * process however that ends. The file itself stays.
 */
final class HomeLock implements AutoCloseable {
  /** Long enough for a {@link #isHeld} of somebody else to pass, short enough for a person. */
  private static final Duration PATIENCE = Duration.ofMillis(500);

  private final FileChannel channel;

  private HomeLock(FileChannel channel) {
    this.channel = channel;
  }

  /** Takes the home, or refuses with the process that has it. */
  static HomeLock take(HomeFolder home) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    try {
      while (true) {
        Optional<HomeLock> lock = tryTake(home.run("lock"));
        if (lock.isPresent()) {
          return lock.get();
        }
        if (System.nanoTime() > end) {
          throw new Refusal(
              Refusal.IN_USE,
              "LADANG-HOME-001",
              "The home "
                  + home.root()
                  + " is in use by process "
                  + home.read("pid").orElse("(unknown)")
                  + ": stop that one, or choose another home with LADANG_HOME.");
        }
        Thread.sleep(20);
      }
    } catch (IOException e) {
      throw new Refusal(
          Refusal.USAGE, "LADANG-HOME-002", "The home " + home.root() + " cannot be locked: " + e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Refusal(Refusal.USAGE, "LADANG-HOME-003", "Interrupted while taking the home.");
    }
  }

  /** Whether a process holds the home now. */
  static boolean isHeld(HomeFolder home) {
    if (Files.notExists(home.run("lock"))) {
      return false;
    }
    try {
      Optional<HomeLock> lock = tryTake(home.run("lock"));
      if (lock.isPresent()) {
        lock.get().close();
      }
      return lock.isEmpty();
    } catch (IOException e) {
      throw new Refusal(
          Refusal.USAGE, "LADANG-HOME-002", "The home " + home.root() + " cannot be read: " + e);
    }
  }

  private static Optional<HomeLock> tryTake(Path file) throws IOException {
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    FileLock lock = channel.tryLock();
    if (lock == null) {
      channel.close();
      return Optional.empty();
    }
    return Optional.of(new HomeLock(channel));
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
