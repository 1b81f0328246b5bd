package org.ladang.kernel.provider.state;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.ladang.kernel.LadangException;
import org.ladang.kernel.State;
import org.ladang.kernel.provider.disk.AtomicFile;
import org.ladang.kernel.provider.disk.Disk;
import org.ladang.kernel.provider.disk.DiskFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A room's state as a journal of changes, each of them fsynced before it is acknowledged. Readers see a snapshot and
 * never wait for the disk; writers wait for each other. When the journal has grown far beyond what it says, it is
 * written anew beside and renamed in.
 */
final class JournalState implements State {
  private static final Logger LOG = LoggerFactory.getLogger(JournalState.class);

  private final Disk disk;
  private final Path file;
  private final int slack;
  private volatile Map<String, Object> values;
  private DiskFile journal;
  private long size;
  private int lines;
  private int linesOfNextCompaction;

  /** Whether the name of the journal may not be durable yet. */
  private boolean nameIsFresh = true;

  /** Whether the name of the journal may stand for another file than the open one. */
  private boolean handleIsStale;

  /** Whether something that was not acknowledged may stand at the end of the file. */
  private boolean tailIsDirty;

  /**
   * Opens or makes a journal.
   *
   * @param slack how many lines beyond twice the keys it may have before it is written anew
   */
  JournalState(Disk disk, Path file, int slack) throws IOException {
    this.disk = disk;
    this.file = file;
    this.slack = slack;
    byte[] bytes = new byte[0];
    if (disk.exists(file)) {
      try (InputStream in = disk.read(file)) {
        bytes = in.readAllBytes();
      }
    }
    JournalContent content = JournalContent.read(file, bytes);
    this.values = Collections.unmodifiableMap(content.values());
    this.lines = content.lines();
    this.size = content.size();
    this.linesOfNextCompaction = allowed();
    this.journal = disk.open(file);
    if (size < bytes.length) {
      LOG.atInfo().addKeyValue("file", file).log("Dropped a change that was under way at a crash.");
      journal.truncate(size);
    }
    // What is read now may be acted upon: it must not go away later.
    journal.force();
  }

  @Override
  public Optional<Object> get(String key) {
    return Optional.ofNullable(values.get(key));
  }

  @Override
  public Map<String, Object> all() {
    return values;
  }

  @Override
  public void put(String key, Object value) {
    Objects.requireNonNull(value, "value");
    update(key, present -> value);
  }

  @Override
  public void remove(String key) {
    update(key, present -> null);
  }

  @Override
  public synchronized Optional<Object> update(String key, UnaryOperator<Object> change) {
    Objects.requireNonNull(key, "key");
    Object present = values.get(key);
    Object next = change.apply(present);
    if (Objects.equals(present, next)) {
      return Optional.ofNullable(present);
    }
    byte[] line = new JournalLine(key, next).bytes();
    // Kept as it will be read back, so that a restart changes nothing.
    Object kept = JournalLine.read(line, 0, line.length - 1).map(JournalLine::value).orElse(null);
    write(line);
    TreeMap<String, Object> more = new TreeMap<>(values);
    if (kept == null) {
      more.remove(key);
    } else {
      more.put(key, kept);
    }
    values = Collections.unmodifiableMap(more);
    lines++;
    if (lines > linesOfNextCompaction) {
      compact();
    }
    return Optional.ofNullable(kept);
  }

  private void write(byte[] line) {
    try {
      if (handleIsStale) {
        reopen();
      }
      if (tailIsDirty) {
        journal.truncate(size);
        journal.force();
        tailIsDirty = false;
      }
      if (nameIsFresh) {
        disk.forceFolder(file.getParent());
        nameIsFresh = false;
      }
      tailIsDirty = true;
      journal.append(line);
      journal.force();
      tailIsDirty = false;
      size += line.length;
    } catch (IOException e) {
      cutTail(e);
      throw new LadangException(
              "LADANG-STATE-001",
              "The disk refused to keep a change in " + file + ": " + e + ".",
              e)
          .next("Nothing has changed. Check the disk's space and health.")
          .with("file", file.toString());
    }
  }

  /** So that a crash now does not bring back what was refused. */
  private void cutTail(IOException reason) {
    if (tailIsDirty) {
      try {
        journal.truncate(size);
        journal.force();
        tailIsDirty = false;
      } catch (IOException e) {
        reason.addSuppressed(e); // Tried again before the next change.
      }
    }
  }

  private int allowed() {
    return 2 * values.size() + slack;
  }

  private void compact() {
    try {
      ByteArrayOutputStream all = new ByteArrayOutputStream();
      for (Map.Entry<String, Object> entry : values.entrySet()) {
        all.writeBytes(new JournalLine(entry.getKey(), entry.getValue()).bytes());
      }
      // Even when this fails, the name may stand for the new file already.
      nameIsFresh = true;
      handleIsStale = true;
      AtomicFile.write(disk, file, all.toByteArray());
      lines = values.size();
    } catch (IOException e) {
      // The change itself is safe in the old journal, or in the new one: only tidying up failed.
      LOG.atWarn()
          .setCause(e)
          .addKeyValue("file", file)
          .log("Could not write the journal anew: " + e);
    }
    linesOfNextCompaction = lines + allowed();
  }

  private void reopen() throws IOException {
    DiskFile now = disk.open(file);
    DiskFile former = journal;
    journal = now;
    size = now.size();
    handleIsStale = false;
    former.close();
  }

  synchronized void close() throws IOException {
    journal.close();
  }
}
