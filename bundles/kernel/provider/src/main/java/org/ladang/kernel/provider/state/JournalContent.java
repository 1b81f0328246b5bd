package org.ladang.kernel.provider.state;

import java.nio.file.Path;
import java.util.Optional;
import java.util.TreeMap;
import org.ladang.kernel.LadangException;

/**
 * What a journal says.
 *
 * @param values all keys and values
 * @param size up to where the file is sound, in bytes
 * @param lines how many changes it holds
 */
record JournalContent(TreeMap<String, Object> values, int size, int lines) {

  /**
   * Reads a journal. Each change is fsynced before the next is written, so a crash can tear the last line only: that
   * one was never acknowledged and is left out.
   *
   * @throws LadangException {@code LADANG-STATE-002} when a line is damaged that sound ones follow
   */
  static JournalContent read(Path file, byte[] bytes) {
    TreeMap<String, Object> values = new TreeMap<>();
    int start = 0;
    int lines = 0;
    int sound = 0;
    int damaged = 0;
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] != '\n') {
        continue;
      }
      Optional<JournalLine> line = JournalLine.read(bytes, start, i);
      start = i + 1;
      lines++;
      if (line.isEmpty()) {
        damaged = damaged == 0 ? lines : damaged;
      } else if (damaged > 0) {
        throw new LadangException(
                "LADANG-STATE-002", "Line " + damaged + " of " + file + " is damaged.")
            .next("Bring the file back from a backup, or remove that line and lose its change.")
            .with("file", file.toString())
            .with("line", damaged);
      } else {
        apply(values, line.get());
        sound = start;
      }
    }
    return new JournalContent(values, sound, damaged == 0 ? lines : damaged - 1);
  }

  private static void apply(TreeMap<String, Object> values, JournalLine line) {
    if (line.value() == null) {
      values.remove(line.key());
    } else {
      values.put(line.key(), line.value());
    }
  }
}
