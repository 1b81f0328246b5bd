package org.ladang.kernel.provider.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ladang.kernel.Clock;
import org.ladang.kernel.LadangException;
import org.ladang.kernel.provider.disk.AtomicFile;
import org.ladang.kernel.provider.disk.Disk;
import org.ladang.kernel.swap.Generation;
import org.ladang.kernel.swap.Generations;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Generations as files {@code 000042.json}; the present one is the sound file with the highest number. The newest ten
 * are kept. Safe for any thread; readers never wait for the disk.
 */
public final class GenerationFolder implements Generations {
  /** How many generations are kept. */
  static final int KEPT = 10;

  private static final Pattern FILE = Pattern.compile("(\\d{6,18})\\.json");
  private static final Logger LOG = LoggerFactory.getLogger(GenerationFolder.class);
  private static final Generation NOTHING =
      new Generation(0, Instant.EPOCH, "system", "Nothing was deployed yet.", List.of(), Map.of());

  private final Disk disk;
  private final Path folder;
  private final Clock clock;
  private long highest;
  private volatile List<Generation> kept;

  /**
   * Reads what is there. A damaged file is passed over with a warning, and never stands for the present again.
   *
   * @param folder {@code data/generations}; made when it is not there
   * @throws LadangException {@code LADANG-GENERATION-001} when the disk refuses
   */
  public GenerationFolder(Disk disk, Path folder, Clock clock) {
    this.disk = disk;
    this.folder = folder;
    this.clock = clock;
    try {
      disk.createFolders(folder);
      // What is read now is acted upon: a rename that a crash left half durable must not be undone
      // by the next one.
      disk.forceFolder(folder);
      List<Generation> sound = new ArrayList<>();
      for (Path file : disk.list(folder)) {
        read(file, sound);
      }
      sound.sort(Comparator.comparingLong(Generation::number).reversed());
      this.kept = List.copyOf(sound);
    } catch (IOException e) {
      throw refused("The generations in " + folder + " cannot be read", e);
    }
  }

  private void read(Path file, List<Generation> sound) throws IOException {
    if (file.getFileName().toString().endsWith(".tmp")) {
      disk.delete(file); // Left by a crash.
      return;
    }
    Matcher name = FILE.matcher(file.getFileName().toString());
    if (!name.matches()) {
      return;
    }
    long number = Long.parseLong(name.group(1));
    highest = Math.max(highest, number);
    byte[] bytes;
    try (InputStream in = disk.read(file)) {
      bytes = in.readAllBytes();
    }
    GenerationText.read(bytes)
        .filter(generation -> generation.number() == number)
        .ifPresentOrElse(
            sound::add,
            () ->
                LOG.atWarn()
                    .addKeyValue("file", file)
                    .log(
                        "Generation {} is damaged and passed over; the one before it counts.",
                        number));
  }

  @Override
  public Generation current() {
    List<Generation> now = kept;
    return now.isEmpty() ? NOTHING : now.get(0);
  }

  @Override
  public List<Generation> kept() {
    return kept;
  }

  @Override
  public synchronized Generation commit(
      String author, String reason, UnaryOperator<Content> change) {
    Generation present = current();
    Content content = change.apply(new Content(present.bundles(), present.inbox()));
    Generation next =
        new Generation(
            highest + 1, clock.now(), author, reason, content.bundles(), content.inbox());
    if (next.bundles().equals(present.bundles()) && next.inbox().equals(present.inbox())) {
      return present;
    }
    refuseTwins(next);
    write(next);
    highest = next.number();
    List<Generation> all = new ArrayList<>(kept);
    all.add(0, next);
    kept = List.copyOf(all.subList(0, Math.min(KEPT, all.size())));
    forget(kept.get(kept.size() - 1).number());
    return next;
  }

  private static void refuseTwins(Generation generation) {
    long names =
        generation.bundles().stream().map(entry -> entry.symbolicName()).distinct().count();
    if (names != generation.bundles().size()) {
      throw new LadangException(
          "LADANG-GENERATION-002",
          "A generation cannot name one bundle twice; nothing was changed.");
    }
  }

  private void write(Generation next) {
    Path file = file(next.number());
    try {
      AtomicFile.write(disk, file, GenerationText.write(next));
    } catch (IOException e) {
      // It may stand there already, though not durably: a restart must not find what was refused.
      highest = next.number();
      try {
        disk.delete(file);
        disk.forceFolder(folder);
      } catch (IOException second) {
        e.addSuppressed(second);
      }
      throw refused("The generation " + next.number() + " cannot be written", e);
    }
  }

  private void forget(long oldest) {
    try {
      for (Path file : disk.list(folder)) {
        Matcher name = FILE.matcher(file.getFileName().toString());
        if (name.matches() && Long.parseLong(name.group(1)) < oldest) {
          disk.delete(file);
        }
      }
    } catch (IOException e) {
      LOG.atWarn()
          .setCause(e)
          .addKeyValue("folder", folder)
          .log("Could not remove old generations: " + e);
    }
  }

  private Path file(long number) {
    return folder.resolve(String.format("%06d.json", number));
  }

  private static LadangException refused(String what, IOException cause) {
    return new LadangException("LADANG-GENERATION-001", what + ": " + cause + ".", cause)
        .next("What runs goes on as it is. Check the disk's space and health.");
  }
}
