package org.ladang.shard.provider.backup;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.ladang.kernel.Clock;
import org.ladang.kernel.Events;
import org.ladang.kernel.Home;
import org.ladang.kernel.LadangException;
import org.ladang.kernel.action.Action;
import org.ladang.kernel.action.ActionSource;
import org.ladang.kernel.action.Arg;
import org.ladang.kernel.action.Effect;
import org.ladang.kernel.action.Role;
import org.ladang.shard.ShardCluster;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Backups of the shards: taken, listed, put back. One at a time. */
@Component(service = ActionSource.class, configurationPid = "org.ladang.shard.backup")
@Designate(ocd = BackupActions.Config.class)
public final class BackupActions implements ActionSource {
  /** What can be configured. */
  @ObjectClassDefinition(
      name = "Backups of the shards",
      description = "Where backups are kept, and for how long.")
  public @interface Config {
    /** Folder. */
    @AttributeDefinition(
        name = "Folder",
        description =
            "Where backups are made and looked for; relative to the home. Best on another disk.")
    String dir() default "backups";

    /** Newest. */
    @AttributeDefinition(
        name = "Newest to keep",
        description = "So many of the newest backups are kept, however old they are.",
        min = "1",
        max = "10000")
    int keep() default 7;

    /** Days. */
    @AttributeDefinition(
        name = "Days to keep",
        description = "Backups that are younger than that are kept, however many they are.",
        min = "0",
        max = "36500")
    int keepDays() default 0;
  }

  private final Optional<BackupSource> source;
  private final Path root;
  private final String dir;
  private final BackupSets.Policy policy;
  private final Clock clock;
  private final Events events;
  private final BackupWatch watch;
  private final SafeFiles files;
  private final ReentrantLock one = new ReentrantLock();

  /** Backups of this cluster. */
  @Activate
  public BackupActions(
      Config config,
      @Reference ShardCluster cluster,
      @Reference Home home,
      @Reference Clock clock,
      @Reference Events events) {
    this(
        cluster,
        home.root(),
        config.dir(),
        config.keep(),
        config.keepDays(),
        clock,
        events,
        BackupWatch.NONE);
  }

  /** With a watch that sees each step, for tests. */
  public BackupActions(
      ShardCluster cluster,
      Path root,
      String dir,
      int keep,
      int keepDays,
      Clock clock,
      Events events,
      BackupWatch watch) {
    // A bundle sees its own services as they are.
    this.source = cluster instanceof BackupSource own ? Optional.of(own) : Optional.empty();
    this.root = root;
    this.dir = dir;
    this.policy = new BackupSets.Policy(keep, Duration.ofDays(keepDays));
    this.clock = clock;
    this.events = events;
    this.watch = watch;
    this.files = new SafeFiles(watch);
  }

  /** A backup. */
  public record BackupView(
      @Arg("Its name, which shard:restore takes.") String name,
      @Arg("The moment that it shows.") Instant at,
      @Arg("How many shards it holds.") int shards,
      @Arg("How many rows.") long rows,
      @Arg("How many bytes.") long bytes,
      @Arg("Where it is.") String folder,
      @Arg("What is wrong with it; empty when nothing is.") String problem) {}

  /** A backup that was made. */
  public record MadeView(
      @Arg("Its name, which shard:restore takes.") String name,
      @Arg("The moment that it shows: every write that was acknowledged before is in it.")
          Instant at,
      @Arg("How many rows it holds.") long rows,
      @Arg("How many bytes.") long bytes,
      @Arg("Where it is.") String folder,
      @Arg("How long writers were held off, in milliseconds.") double heldMillis,
      @Arg("How long it took, in seconds.") double seconds,
      @Arg("Older backups that were deleted, because the policy does not keep them.")
          List<String> pruned) {}

  /** What was put back. */
  public record RestoredView(
      @Arg("The backup.") String name,
      @Arg("The moment that it shows.") Instant at,
      @Arg("How many rows there are now.") long rows,
      @Arg("How long it took, in seconds.") double seconds) {}

  /** Takes a backup. */
  @Action(
      description =
          "Backs all shards up as they are at one moment, while writing goes on, and deletes backups that are kept"
              + " no longer.",
      role = Role.ADMIN,
      effect = Effect.CHANGE,
      timeout = "60m")
  public MadeView backup(
      @Arg(
              "The folder in which the backup gets a folder of its own; the configured one when left out.")
          Optional<String> dir) {
    return alone(
        () -> {
          long began = clock.nanos();
          BackupSets sets = sets(dir);
          Backup.Made made = new Backup(source(), files).take(sets);
          List<String> pruned = sets.prune(policy, clock.now());
          BackupSet set = made.set();
          MadeView view =
              new MadeView(
                  set.name(),
                  set.at(),
                  set.rows(),
                  set.bytes(),
                  set.folder().toString(),
                  made.heldNanos() / 1e6,
                  (clock.nanos() - began) / 1e9,
                  pruned);
          events.info(
              "shard.backup",
              set.name(),
              "The shards were backed up: " + set.rows() + " rows in " + set.folder() + ".");
          return view;
        },
        BackupRefusals::notMade);
  }

  /** Lists backups. */
  @Action(description = "Lists the backups, the newest first.", role = Role.VIEWER)
  public List<BackupView> backups(
      @Arg("Another folder than the configured one.") Optional<String> dir) {
    try {
      List<BackupView> views = new ArrayList<>();
      for (BackupSets.Found found : sets(dir).list()) {
        views.add(view(found));
      }
      return views;
    } catch (IOException e) {
      throw BackupRefusals.noSet(folder(dir));
    }
  }

  private static BackupView view(BackupSets.Found found) {
    return new BackupView(
        found.folder().getFileName().toString(),
        found.set().map(BackupSet::at).orElse(Instant.EPOCH),
        found.set().map(s -> s.rowsByShard().size()).orElse(0),
        found.set().map(BackupSet::rows).orElse(0L),
        found.set().map(BackupSet::bytes).orElse(0L),
        found.folder().toString(),
        found.problem());
  }

  /** Puts a backup back. */
  @Action(
      description =
          "Puts a backup in the place of all shards, after it was verified. What was written since then is gone.",
      role = Role.ADMIN,
      effect = Effect.DANGER,
      timeout = "60m")
  public RestoredView restore(
      @Arg("The backup's name, as shard:backups lists it, or its folder.") String dir) {
    return alone(
        () -> {
          long began = clock.nanos();
          BackupSet set = BackupSet.read(find(dir));
          new Restore(source(), watch).put(set);
          events.warning(
              "shard.restored",
              set.name(),
              "The shards are as they were at " + set.at() + ": a backup was put back.");
          return new RestoredView(set.name(), set.at(), set.rows(), (clock.nanos() - began) / 1e9);
        },
        BackupRefusals::notRestored);
  }

  private Path find(String dir) {
    Path named = folder(Optional.empty()).resolve(dir);
    return named.resolve(BackupSet.MANIFEST).toFile().isFile() ? named : root.resolve(dir);
  }

  private Path folder(Optional<String> given) {
    return root.resolve(given.filter(d -> !d.isBlank()).orElse(dir));
  }

  private BackupSets sets(Optional<String> given) {
    return new BackupSets(folder(given), files);
  }

  private BackupSource source() {
    return source.orElseThrow(
        () ->
            new LadangException(
                "LADANG-SHARD-015", "This provider of the shards cannot be backed up."));
  }

  private interface Work<T> {
    T run() throws IOException;
  }

  private interface Refusal {
    LadangException of(Throwable cause);
  }

  private <T> T alone(Work<T> work, Refusal refusal) {
    if (!one.tryLock()) {
      throw BackupRefusals.running();
    }
    try {
      return work.run();
    } catch (IOException e) {
      throw refusal.of(e);
    } finally {
      one.unlock();
    }
  }
}
