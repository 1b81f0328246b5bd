package org.ladang.kernel.provider.passport;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * A jar that was opened with suspicion: it is a ZIP file, its central directory is complete, and no entry has a name
 * that could hurt. Entries are read up to a limit and never all of them.
 */
final class JarFolder implements Closeable {
  private static final int MOST_ENTRIES = 100_000;
  private static final String AGAIN = "Copy it again, completely.";

  private final Refused refused;
  private final ZipFile zip;
  private final Optional<String> collision;

  private JarFolder(Refused refused, ZipFile zip) {
    this.refused = refused;
    this.zip = zip;
    this.collision = checkNames();
  }

  /** Opens a jar; refuses with {@code LADANG-JAR-001} and {@code -002}. */
  static JarFolder open(Path jar, Refused refused) {
    checkStart(jar, refused);
    ZipFile zip = null;
    try {
      zip = new ZipFile(jar.toFile());
      return new JarFolder(refused, zip);
    } catch (ZipException e) {
      throw refused.because(2, "is truncated or damaged: " + e.getMessage(), AGAIN, e);
    } catch (IOException e) {
      throw unreadable(refused, e);
    } catch (RuntimeException e) {
      close(zip, e);
      throw e;
    }
  }

  private static void close(ZipFile zip, RuntimeException reason) {
    try {
      if (zip != null) {
        zip.close();
      }
    } catch (IOException e) {
      reason.addSuppressed(e);
    }
  }

  private static void checkStart(Path jar, Refused refused) {
    byte[] start = new byte[4];
    int length;
    try (RandomAccessFile file = new RandomAccessFile(jar.toFile(), "r")) {
      length = Math.max(0, file.read(start));
    } catch (IOException e) {
      throw unreadable(refused, e);
    }
    if (length == 0) {
      throw refused.because(1, "is empty", AGAIN);
    }
    if (length < 4 || start[0] != 'P' || start[1] != 'K') {
      throw refused.because(
          1, "is no jar: it does not begin like a ZIP file", "Drop a bundle here.");
    }
  }

  private static RuntimeException unreadable(Refused refused, IOException e) {
    return refused.because(2, "cannot be read: " + e, "Check who may read it, and the disk.", e);
  }

  /** Refuses names that are dangerous everywhere; finds the first that differs from another in case only. */
  private Optional<String> checkNames() {
    if (zip.size() > MOST_ENTRIES) {
      throw refused.because(
          2, "has more than " + MOST_ENTRIES + " entries", "Split it into several bundles.");
    }
    Set<String> names = new HashSet<>();
    Set<String> folded = new HashSet<>();
    String colliding = null;
    for (Enumeration<? extends ZipEntry> all = zip.entries(); all.hasMoreElements(); ) {
      ZipEntry entry = all.nextElement();
      String name = entry.getName();
      if (leavesTheJar(name)) {
        throw refused.because(
            2,
            "has the entry `" + name + "`, which leads out of it",
            "Do not use it; ask who made it.");
      }
      if (!entry.isDirectory()) {
        if (!names.add(name)) {
          throw refused.because(2, "has the entry `" + name + "` twice", "Build it again.");
        }
        if (!folded.add(name.toLowerCase(Locale.ROOT)) && colliding == null) {
          colliding = name;
        }
      }
    }
    return Optional.ofNullable(colliding);
  }

  private static boolean leavesTheJar(String name) {
    return name.startsWith("/")
        || name.indexOf('\\') >= 0
        || name.indexOf('\0') >= 0
        || name.startsWith("../")
        || name.contains("/../")
        || name.endsWith("/..")
        || name.equals("..")
        || (name.length() > 1 && name.charAt(1) == ':');
  }

  /** The first name that differs from another one in upper and lower case only. */
  Optional<String> collision() {
    return collision;
  }

  /** An entry's content; refuses with {@code LADANG-JAR-002} what is damaged or larger than {@code limit} bytes. */
  Optional<byte[]> read(String name, int limit) {
    ZipEntry entry = zip.getEntry(name);
    if (entry == null) {
      return Optional.empty();
    }
    try (InputStream in = zip.getInputStream(entry)) {
      byte[] content = in.readNBytes(limit + 1);
      if (content.length > limit) {
        throw refused.because(
            2, "has the entry `" + name + "` of more than " + limit + " bytes", "Make it smaller.");
      }
      if (entry.getSize() >= 0 && entry.getSize() != content.length) {
        throw refused.because(2, "is truncated or damaged in `" + name + "`", AGAIN);
      }
      return Optional.of(content);
    } catch (IOException e) {
      throw refused.because(
          2, "is truncated or damaged in `" + name + "`: " + e.getMessage(), AGAIN, e);
    }
  }

  @Override
  public void close() throws IOException {
    zip.close();
  }
}
