package org.ladang.kernel.provider.passport;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import org.ladang.kernel.provider.disk.Disk;
import org.ladang.kernel.provider.disk.DiskFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What stored jars say of themselves, side by side in one file, so that a start opens no jar to list what it runs. A
 * copy of what stands in the store, no more: whatever is missing or damaged in it is read from the jars again. What it
 * gives once it forgets, since each jar is asked about once at a start. Safe for any thread.
 */
final class PassportIndex {
  private static final Logger LOG = LoggerFactory.getLogger(PassportIndex.class);
  private static final Pattern STORED = Pattern.compile("([0-9a-f]{64})\\.jar");
  private static final int NONE = -1;
  private static final int MOST_PART = 16 << 20;
  private static final long MOST_FILE = 64L << 20;

  private final Disk disk;
  private final Path store;
  private final Path file;
  private final Map<String, Pages> waiting = new HashMap<>();
  private final Set<String> written = new HashSet<>();
  private boolean loaded;
  private boolean broken;

  /**
   * The two parts of a jar that make its passport.
   *
   * @param manifest as it stands in the jar
   * @param actions as they stand in the jar; empty where it has none
   */
  record Pages(byte[] manifest, Optional<byte[]> actions) {}

  /**
   * An index of one store.
   *
   * @param store jars elsewhere are neither found nor kept
   */
  PassportIndex(Disk disk, Path store, Path file) {
    this.disk = disk;
    this.store = store;
    this.file = file;
  }

  /** What is known of a jar. */
  synchronized Optional<Pages> take(Path jar) {
    Optional<String> sha = sha(jar);
    if (sha.isEmpty()) {
      return Optional.empty();
    }
    load();
    return Optional.ofNullable(waiting.remove(sha.get()));
  }

  /** Remembers a sound jar for the next start. */
  synchronized void put(Path jar, Pages pages) {
    Optional<String> sha = sha(jar);
    if (sha.isEmpty()) {
      return;
    }
    load();
    if (broken || !written.add(sha.get())) {
      return;
    }
    try (DiskFile out = disk.open(file)) {
      out.append(bytes(sha.get(), pages));
    } catch (IOException e) {
      giveUp("written", e);
    }
  }

  private Optional<String> sha(Path jar) {
    Matcher name = STORED.matcher(jar.getFileName().toString());
    return jar.startsWith(store) && name.matches() ? Optional.of(name.group(1)) : Optional.empty();
  }

  private void load() {
    if (loaded) {
      return;
    }
    loaded = true;
    if (!disk.exists(file)) {
      return;
    }
    long sound = 0;
    try (DataInputStream in = new DataInputStream(new BufferedInputStream(disk.read(file)))) {
      for (int length = read(in); length != NONE; length = read(in)) {
        sound += length;
      }
    } catch (IOException e) {
      LOG.debug("the index of passports ends early", e);
    }
    // A torn end is cut off, so that what is appended can be found; one that only grows is begun
    // anew.
    try (DiskFile out = disk.open(file)) {
      if (sound > MOST_FILE) {
        written.clear();
        waiting.clear();
        sound = 0;
      }
      if (out.size() > sound) {
        out.truncate(sound);
      }
    } catch (IOException e) {
      giveUp("mended", e);
    }
  }

  /** Without it a start takes longer, and that is all. */
  private void giveUp(String what, IOException e) {
    broken = true;
    LOG.warn("{} could not be {}; the next start reads the jars instead", file, what, e);
  }

  /** Reads one record; {@link #NONE} where nothing sound follows. */
  private int read(DataInputStream in) throws IOException {
    byte[] sha = new byte[64];
    try {
      in.readFully(sha);
    } catch (EOFException e) {
      return NONE;
    }
    int manifest = in.readInt();
    int actions = in.readInt();
    if (manifest < 0 || manifest > MOST_PART || actions < NONE || actions > MOST_PART) {
      return NONE;
    }
    Pages pages =
        new Pages(
            in.readNBytes(manifest),
            actions == NONE ? Optional.empty() : Optional.of(in.readNBytes(actions)));
    String name = new String(sha, java.nio.charset.StandardCharsets.US_ASCII);
    if (in.readLong() != sum(name, pages)) {
      return NONE;
    }
    waiting.put(name, pages);
    written.add(name);
    return 64 + 4 + 4 + manifest + Math.max(0, actions) + 8;
  }

  private static byte[] bytes(String sha, Pages pages) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeBytes(sha);
    out.writeInt(pages.manifest().length);
    out.writeInt(pages.actions().map(a -> a.length).orElse(NONE));
    out.write(pages.manifest());
    out.write(pages.actions().orElse(new byte[0]));
    out.writeLong(sum(sha, pages));
    return bytes.toByteArray();
  }

  private static long sum(String sha, Pages pages) {
    CRC32 sum = new CRC32();
    sum.update(sha.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
    sum.update(pages.manifest());
    pages.actions().ifPresent(sum::update);
    return sum.getValue();
  }
}
