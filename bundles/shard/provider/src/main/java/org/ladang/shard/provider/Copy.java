package org.ladang.shard.provider;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.ladang.kernel.Clock;
import org.ladang.kernel.Events;
import org.ladang.kernel.LadangException;

/**
 * One of the two files of a shard: opened, given up when its storage fails, and opened again. A copy that is damaged stays
 * so until it can be opened: after a failed attempt it is tried again when somebody asks five seconds later. Whoever
 * opens or closes it is alone with the shard; its state may be read by anyone.
 */
final class Copy {
  static final Duration AGAIN = Duration.ofSeconds(5);

  private final String shard;
  private final String role;
  private final Path base;
  private final String identity;
  private final H2ShardEngine.Settings settings;
  private final LongSupplier fresh;
  private final Steps steps;
  private final Clock clock;
  private final Events events;

  private final EngineSource engines;

  private volatile Optional<ShardEngine> engine = Optional.empty();
  private volatile Optional<LadangException> damage = Optional.empty();
  private volatile boolean lost;
  private volatile long notBefore;

  /**
   * @param base the file's path without its ending
   * @param identity the name that the file carries
   * @param engines what opens the file
   */
  Copy(
      String shard,
      String role,
      Path base,
      String identity,
      H2ShardEngine.Settings settings,
      EngineSource engines,
      LongSupplier fresh,
      Steps steps,
      Clock clock,
      Events events) {
    this.shard = shard;
    this.role = role;
    this.base = base;
    this.identity = identity;
    this.settings = settings;
    this.engines = engines;
    this.fresh = fresh;
    this.steps = steps;
    this.clock = clock;
    this.events = events;
  }

  Path base() {
    return base;
  }

  Path file() {
    return H2ShardEngine.file(base);
  }

  /** What can be worked with now; empty when it is closed, damaged, or has failed. */
  Optional<ShardEngine> engine() {
    return lost ? Optional.empty() : engine;
  }

  Optional<LadangException> damage() {
    return damage;
  }

  /** The storage failed: nobody works with it until it is opened again. */
  void lose(String sentence) {
    if (!lost) {
      lost = true;
      events.error("shard.lost", shard, "The " + role + " of " + shard + " failed: " + sentence);
    }
  }

  /** Opens it if it is not open. */
  ShardEngine open(boolean make) {
    if (engine().isPresent()) {
      return engine.get();
    }
    boolean again = lost || damage.isPresent();
    release();
    if (resting()) {
      throw damage.get();
    }
    try {
      if (make) {
        Files.createDirectories(base.getParent());
      }
      ShardEngine opened =
          engines.open(
              base, make ? Optional.of(identity) : Optional.empty(), settings, fresh, steps);
      if (!opened.identity().equals(identity)) {
        opened.close();
        throw new LadangException(
                "LADANG-SHARD-012",
                "The file of the " + role + " of " + shard + " is not the one that was made here.")
            .next("shard:rebuild " + shard + " makes it again from the other copy.");
      }
      engine = Optional.of(opened);
      damage = Optional.empty();
      if (again) {
        events.info(
            "shard.recovered", shard, "The " + role + " of " + shard + " can be used again.");
      }
      return opened;
    } catch (SQLException e) {
      throw damaged(H2Failures.opening(shard, role, e));
    } catch (IOException e) {
      throw damaged(folderRefuses(e));
    } catch (LadangException e) {
      throw damaged(e);
    }
  }

  /** Opens it as a copy of another one that is new, and which nobody writes meanwhile; it must not have been made yet. */
  ShardEngine makeLike(Copy other) {
    try {
      Files.createDirectories(base.getParent());
      engines.copy(other.base, base, steps);
    } catch (IOException e) {
      throw damaged(folderRefuses(e));
    }
    return open(true);
  }

  private LadangException folderRefuses(IOException e) {
    return new LadangException(
            "LADANG-SHARD-014",
            "The folder of the " + role + " of " + shard + " cannot be written.",
            e)
        .next("See that the disk is there, not full, and may be written.");
  }

  /** Opens another file in the same manner; it is the caller's. */
  H2ShardEngine open(Path other, boolean make) throws SQLException {
    return H2ShardEngine.open(
        other, make ? Optional.of(identity) : Optional.empty(), settings, fresh, steps);
  }

  /** The path of the file that is made to take this one's place. */
  Path next() {
    return base.resolveSibling("rebuild");
  }

  /** Deletes what an earlier attempt has left, and makes the file that is to take this one's place. */
  H2ShardEngine makeNext() throws SQLException, IOException {
    Files.createDirectories(base.getParent());
    Files.deleteIfExists(H2ShardEngine.file(next()));
    return open(next(), true);
  }

  /** The file's place is taken by the one that was made; what was there is put aside when it is to be kept. */
  void takeNext(boolean keep) throws IOException {
    release();
    if (keep && Files.exists(file())) {
      Path aside = base.resolveSibling(role + ".damaged-" + clock.now().toEpochMilli() + ".mv.db");
      Files.move(file(), aside, StandardCopyOption.ATOMIC_MOVE);
    }
    steps.reached(Step.REBUILD_ASIDE, shard);
    Files.move(
        H2ShardEngine.file(next()),
        file(),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
    try (FileChannel folder = FileChannel.open(base.getParent(), StandardOpenOption.READ)) {
      folder.force(true);
    }
    steps.reached(Step.REBUILD_RENAMED, shard);
    damage = Optional.empty();
  }

  /** It cannot be used, for this reason. */
  LadangException damaged(LadangException why) {
    release();
    if (damage.isEmpty() || !damage.get().getMessage().equals(why.getMessage())) {
      events.error("shard.damaged", shard, why.line());
    }
    damage = Optional.of(why);
    notBefore = clock.nanos() + AGAIN.toNanos();
    return why;
  }

  /** Whether it is damaged and not to be tried again yet. */
  boolean resting() {
    return damage.isPresent() && clock.nanos() - notBefore < 0;
  }

  /** The next one to ask tries at once, whatever was wrong. */
  void tryAgain() {
    notBefore = clock.nanos();
  }

  private void release() {
    engine.ifPresent(ShardEngine::close);
    engine = Optional.empty();
    lost = false;
  }

  void close() {
    release();
  }

  /** As a killed process leaves it. */
  void abandon() {
    engine.ifPresent(ShardEngine::abandon);
    engine = Optional.empty();
  }
}
