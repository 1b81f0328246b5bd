package org.ladang.shard.provider.backup;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Puts restored folders in the place of the present ones, so that a process that is killed at any moment finds the old
 * ones whole or the new ones whole. The note {@code shards.restore.json} decides: while it is not there, what was staged is
 * waste; once it says {@code forward}, the exchange goes on at the next start wherever it was cut off, and what was replaced
 * is kept until the new files were found to be good; {@code back} takes it back.
 */
public final class Exchange {
  private static final String FORWARD = "forward";
  private static final String BACK = "back";

  private record Swap(Path live, Path staged, Path replaced) {}

  private final SafeFiles files;
  private final Path note;
  private final List<Swap> swaps = new ArrayList<>();

  /** For the cluster with these files. */
  public Exchange(Places places, BackupWatch watch) {
    this.files = new SafeFiles(watch);
    this.note = beside(places.shards(), ".restore.json");
    swaps.add(swap(places.shards()));
    if (places.replicated()) {
      swaps.add(swap(places.replicas()));
    }
  }

  private static Swap swap(Path live) {
    return new Swap(live, beside(live, ".restored"), beside(live, ".replaced"));
  }

  private static Path beside(Path folder, String ending) {
    return folder.resolveSibling(folder.getFileName() + ending);
  }

  /** Where the primaries and the catalogue are staged. */
  Path stagedShards() {
    return swaps.get(0).staged();
  }

  /** Where the replicas are staged; empty when there are none. */
  Optional<Path> stagedReplicas() {
    return swaps.size() > 1 ? Optional.of(swaps.get(1).staged()) : Optional.empty();
  }

  /** All is staged and verified: from here on it goes forward. */
  void commit(Map<String, Long> rows) throws IOException {
    List<String> absent =
        swaps.stream().map(Swap::live).filter(Files::notExists).map(Path::toString).toList();
    write(FORWARD, rows, absent);
  }

  private void write(String direction, Map<String, Long> rows, List<?> absent) throws IOException {
    Map<String, Object> content = new LinkedHashMap<>();
    content.put("direction", direction);
    content.put("rows", rows);
    content.put("absent", absent);
    files.write(note, JSON.std.asString(content) + "\n");
  }

  /**
   * Does what the note says; called while the files are closed, before they are opened. What was cut off before it was
   * decided is cleared away.
   *
   * @return the rows that each shard must have now, to be checked before {@link #finish}; empty when nothing is under way
   */
  public Optional<Map<String, Long>> proceed() {
    try {
      if (!Files.exists(note)) {
        clear();
        return Optional.empty();
      }
      Map<String, Object> content = JSON.std.mapFrom(Files.readString(note));
      if (BACK.equals(content.get("direction"))) {
        goBack((List<?>) content.get("absent"));
        return Optional.empty();
      }
      for (Swap swap : swaps) {
        if (Files.exists(swap.staged())) {
          if (Files.exists(swap.live())) {
            files.move(swap.live(), swap.replaced());
          }
          files.move(swap.staged(), swap.live());
        }
      }
      Map<String, Long> rows = new LinkedHashMap<>();
      ((Map<?, ?>) content.get("rows"))
          .forEach((shard, n) -> rows.put((String) shard, ((Number) n).longValue()));
      return Optional.of(rows);
    } catch (IOException e) {
      throw BackupRefusals.unfinished(note, e);
    }
  }

  /** The new files are open and good: what they replaced can go. */
  public void finish() {
    try {
      files.reached(BackupStep.CHECKED, note);
      files.delete(note);
      clear();
    } catch (IOException e) {
      throw BackupRefusals.unfinished(note, e);
    }
  }

  /** The new files are closed again and were not good: the old ones come back. */
  public void back() {
    try {
      List<?> absent = (List<?>) JSON.std.mapFrom(Files.readString(note)).get("absent");
      write(BACK, Map.of(), absent);
      goBack(absent);
    } catch (IOException e) {
      throw BackupRefusals.unfinished(note, e);
    }
  }

  /**
   * @param absent what was not there before, and is not to be there again
   */
  private void goBack(List<?> absent) throws IOException {
    for (Swap swap : swaps) {
      if (absent.contains(swap.live().toString())) {
        if (Files.exists(swap.live())) {
          files.move(swap.live(), swap.staged());
        }
      } else if (Files.exists(swap.replaced())) {
        if (Files.exists(swap.live())) {
          files.move(swap.live(), swap.staged());
        }
        files.move(swap.replaced(), swap.live());
      }
    }
    files.delete(note);
    clear();
  }

  private void clear() throws IOException {
    for (Swap swap : swaps) {
      files.deleteTree(swap.staged());
      files.deleteTree(swap.replaced());
    }
  }
}
