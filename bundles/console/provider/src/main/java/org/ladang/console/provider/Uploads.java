package org.ladang.console.provider;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Jars that came over the web and wait for the action that drops them. Nothing is on disk before a jar has
 * been looked through: its name, whether it is a ZIP at all, how many entries it has and how much they unpack to.
 * Bounded; safe for any thread.
 */
final class Uploads {
  private static final Logger log = LoggerFactory.getLogger(Uploads.class);
  private static final String FOLDER = "uploads";
  private static final Pattern TICKET = Pattern.compile("[0-9a-f]{32}");
  private static final int MOST = 2;
  private static final int MOST_ENTRIES = 20_000;
  private static final long MOST_UNPACKED = 512L * 1024 * 1024;
  private static final long MOST_RATIO = 200;
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._+-]{0,200}\\.jar");

  private final Path folder;
  private final Semaphore places = new Semaphore(MOST);
  private final SecureRandom random = new SecureRandom();

  /**
   * @param run the runtime's folder for what is true only while it runs
   */
  Uploads(Path run) {
    this.folder = run.resolve(FOLDER);
  }

  /**
   * Looks a jar through and keeps it; returns the word under which the action finds it, to be given back to {@link
   * #forget}.
   *
   * @throws Refused when it is no jar, or too many wait
   */
  String take(String name, byte[] jar) {
    if (!NAME.matcher(name).matches()) {
      throw refused(
          400,
          "LADANG-CONSOLE-044",
          "\"" + name + "\" is no name for a jar.",
          "Letters, digits, dots, dashes, and .jar at the end.");
    }
    if (!places.tryAcquire()) {
      throw refused(
          503,
          "LADANG-CONSOLE-046",
          "Two jars are being dropped at this moment.",
          "Try again in a second.");
    }
    boolean kept = false;
    try {
      check(jar);
      byte[] word = new byte[16];
      random.nextBytes(word);
      String ticket = HexFormat.of().formatHex(word);
      Files.createDirectories(folder);
      Files.write(folder.resolve(ticket), jar);
      kept = true;
      return ticket;
    } catch (IOException failure) {
      throw refused(
          503,
          "LADANG-CONSOLE-047",
          "The disk refuses the jar: " + failure.getMessage() + ".",
          "Make room.");
    } finally {
      if (!kept) {
        places.release();
      }
    }
  }

  /**
   * The file of a ticket.
   *
   * @param run the same folder
   */
  static Optional<Path> file(Path run, String ticket) {
    return TICKET.matcher(ticket).matches()
        ? Optional.of(run.resolve(FOLDER).resolve(ticket)).filter(Files::isRegularFile)
        : Optional.empty();
  }

  void forget(String ticket) {
    try {
      Files.deleteIfExists(folder.resolve(ticket));
    } catch (IOException stays) {
      log.debug("An upload stays in the folder run.", stays);
    } finally {
      places.release();
    }
  }

  private static void check(byte[] jar) {
    if (jar.length < 4 || jar[0] != 'P' || jar[1] != 'K') {
      throw noJar("it does not begin as a ZIP does");
    }
    int entries = 0;
    long unpacked = 0;
    byte[] buffer = new byte[64 * 1024];
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(jar))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        String name = entry.getName();
        if (name.startsWith("/") || name.contains("\\") || ("/" + name + "/").contains("/../")) {
          throw noJar("an entry would leave its folder");
        }
        entries++;
        if (entries > MOST_ENTRIES) {
          throw noJar("it has more than " + MOST_ENTRIES + " entries");
        }
        for (int read = zip.read(buffer); read >= 0; read = zip.read(buffer)) {
          unpacked += read;
          if (unpacked > MOST_UNPACKED
              || unpacked > 1024 * 1024 && unpacked > jar.length * MOST_RATIO) {
            throw noJar("it unpacks to too much");
          }
        }
      }
    } catch (ZipException | IllegalArgumentException damaged) {
      throw noJar("it is damaged");
    } catch (IOException ends) {
      throw noJar("it ends too early");
    }
    if (entries == 0) {
      throw noJar("it has no entries");
    }
  }

  private static Refused noJar(String why) {
    return refused(
        422, "LADANG-CONSOLE-045", "This is no jar: " + why + ".", "Drop an OSGi bundle.");
  }

  private static Refused refused(int status, String code, String sentence, String next) {
    return new Refused(new Problem(status, code, sentence, next));
  }
}
