package org.ladang.kernel.provider.state;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.ladang.kernel.LadangException;
import org.ladang.kernel.State;
import org.ladang.kernel.States;
import org.ladang.kernel.provider.disk.Disk;

/** The journals of all rooms, in one folder; each is opened when it is first asked for and kept open. */
public final class JournalStates implements States, AutoCloseable {
  private static final Pattern ROOM = Pattern.compile("[a-z0-9][a-z0-9._-]{0,99}");
  private static final int SLACK = 1_000;

  private final Disk disk;
  private final Path folder;
  private final int slack;
  private final Map<String, JournalState> open = new HashMap<>();

  /**
   * @param folder {@code data/state}; made when it is not there
   */
  public JournalStates(Disk disk, Path folder) {
    this(disk, folder, SLACK);
  }

  JournalStates(Disk disk, Path folder, int slack) {
    this.disk = disk;
    this.folder = folder;
    this.slack = slack;
  }

  /**
   * {@inheritDoc}
   *
   * @throws LadangException {@code LADANG-STATE-001} when the disk refuses, {@code LADANG-STATE-002} when the journal is
   *     damaged, {@code LADANG-STATE-003} when the name is none
   */
  @Override
  public synchronized State open(String room) {
    if (!ROOM.matcher(room).matches()) {
      throw new LadangException("LADANG-STATE-003", "`" + room + "` cannot name a room's state.")
          .next("Use lower-case letters, digits, `.`, `-` and `_`.");
    }
    JournalState present = open.get(room);
    if (present != null) {
      return present;
    }
    Path file = folder.resolve(room + ".journal");
    try {
      disk.createFolders(folder);
      JournalState state = new JournalState(disk, file, slack);
      open.put(room, state);
      return state;
    } catch (IOException e) {
      throw new LadangException(
              "LADANG-STATE-001", "The state in " + file + " cannot be opened: " + e + ".", e)
          .next("Check the disk's space and health, and who may write there.")
          .with("file", file.toString());
    }
  }

  /** Closes all journals; a change after that is refused. */
  @Override
  public synchronized void close() {
    for (Map.Entry<String, JournalState> entry : open.entrySet()) {
      try {
        entry.getValue().close();
      } catch (IOException e) {
        throw new LadangException(
            "LADANG-STATE-001",
            "The state of " + entry.getKey() + " cannot be closed: " + e + ".",
            e);
      }
    }
  }
}
