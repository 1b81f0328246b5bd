package org.ladang.security.provider;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.ladang.kernel.Clock;
import org.ladang.kernel.Events;
import org.ladang.kernel.LadangException;
import org.ladang.kernel.State;

/**
 * The one-time token with which the first user is made. Its only copy in clear lies in a file that only the owner of the
 * process may read. Its hash is in {@code State} together with the process that made it, so that an upgrade of this
 * bundle keeps it and a new start makes a new one.
 */
final class FirstStartToken {
  static final Duration LIFE = Duration.ofMinutes(15);
  private static final String KEY = "first-start";

  private final State state;
  private final Clock clock;
  private final Secrets secrets;
  private final Events events;
  private final Path file;
  private final String process;

  /**
   * @param process names this run of the process among all others
   */
  FirstStartToken(
      State state, Clock clock, Secrets secrets, Events events, Path file, String process) {
    this.state = state;
    this.clock = clock;
    this.secrets = secrets;
    this.events = events;
    this.file = file;
    this.process = process;
  }

  /** Makes a token, unless this process has made one already. */
  void offer() {
    Map<String, Object> kept = kept();
    if (Shape.text(kept, "process").equals(process)) {
      tidy();
      return;
    }
    String token = secrets.next();
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("hash", Secrets.hash(token));
    map.put("process", process);
    map.put("expires", clock.now().plus(LIFE).toString());
    state.put(KEY, map);
    write(token);
    events.info(
        "security.first-start",
        "",
        "There is no user yet: the one-time token in run/"
            + file.getFileName()
            + " makes the first one and is good for "
            + LIFE.toMinutes()
            + " minutes.");
  }

  /** Refuses a token that is not the one or came too late. */
  void check(String token) {
    Map<String, Object> kept = kept();
    String hash = Shape.text(kept, "hash");
    if (hash.isEmpty() || expired(kept)) {
      tidy();
      throw refused("The one-time token has expired.");
    }
    if (!Secrets.same(Secrets.hash(token), hash)) {
      throw refused("This is not the one-time token.");
    }
  }

  /** Whether it is still time; asked inside the change that makes the user. */
  boolean inTime() {
    return !expired(kept());
  }

  /** Forgets the token and deletes its file. */
  void spent() {
    state.remove(KEY);
    delete();
  }

  /** Deletes the file once the token has expired. */
  void tidy() {
    if (expired(kept())) {
      delete();
    }
  }

  private Map<String, Object> kept() {
    return Shape.map(state.get(KEY).orElse(Map.of()));
  }

  private boolean expired(Map<String, Object> kept) {
    return !clock.now().isBefore(Shape.instant(kept, "expires"));
  }

  private static LadangException refused(String sentence) {
    return new LadangException(Codes.FIRST_START_TOKEN, sentence)
        .next(
            "Take the one in run/first-start.token, or start the runtime anew to get a fresh one.");
  }

  private void write(String token) {
    Path next = file.resolveSibling(file.getFileName() + ".new");
    try {
      Files.createDirectories(file.getParent());
      Files.deleteIfExists(next);
      // Made with its rights, not given them afterwards: there is no moment at which others may
      // read it.
      Files.createFile(next, ownerOnly(file));
      Files.write(
          next, (token + "\n").getBytes(StandardCharsets.US_ASCII), StandardOpenOption.WRITE);
      Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new LadangException(
              Codes.FIRST_START_FILE, "The one-time token cannot be written to " + file + ".", e)
          .next("Give the process the right to write into run/.");
    }
  }

  private static FileAttribute<?>[] ownerOnly(Path path) {
    if (!path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      return new FileAttribute<?>[0];
    }
    return new FileAttribute<?>[] {
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
    };
  }

  private void delete() {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      events.warning(
          "security.first-start",
          "",
          "The spent token's file cannot be deleted: " + e.getMessage() + ".");
    }
  }
}
