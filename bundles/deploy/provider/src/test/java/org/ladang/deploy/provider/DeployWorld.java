package org.ladang.deploy.provider;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.ladang.deploy.Attempt;
import org.ladang.kernel.swap.DeploymentPolicy;
import org.ladang.kernel.swap.Generation;

/** The room without its threads: a test drops files and asks for rounds. */
final class DeployWorld {
  static final Rounds.Patience PATIENCE =
      new Rounds.Patience(
          Duration.ofMillis(750),
          Duration.ofMillis(300),
          Duration.ofMillis(1_000),
          Duration.ofSeconds(2));

  final FakeClock clock = new FakeClock();
  final Jars passports = new Jars();
  final FakeKernel kernel;
  final FakeSwapper swapper;
  final FakeConfiguration configuration = new FakeConfiguration();
  final FakeHealth health = new FakeHealth();
  final CallTally tally = new CallTally();
  final Path deploy;
  Inbox inbox;
  History history;
  Mailbox mailbox;
  Ledger ledger;
  Submissions submissions;
  Orders orders;
  GenerationView view;
  Rollback rollback;
  Handover handover;
  Rounds rounds;
  boolean registryThere = true;
  boolean legacyOff;
  LegacyJars.Wrappers wrapper = work -> false;

  DeployWorld(Path folder) throws IOException {
    this.deploy = Files.createDirectories(folder.resolve("deploy"));
    this.kernel = new FakeKernel(Files.createDirectories(folder.resolve("store")));
    this.swapper = new FakeSwapper(passports, kernel.store);
    open();
  }

  final List<String> publishers = new ArrayList<>();
  final List<DeploymentPolicy> policies = new ArrayList<>();
  Blast blast;
  Planner planner;
  Applying applying;
  final FakeFolders folders = new FakeFolders();

  /** As after a restart: what is durable stays, everything else is new. */
  void open() {
    inbox = new Inbox(deploy, kernel.cut);
    history = new History(kernel.state);
    mailbox = new Mailbox(clock);
    submissions = new Submissions(clock);
    ConfigurationMarks marks =
        new ConfigurationMarks(kernel.state, () -> Optional.of(configuration));
    ledger = new Ledger(kernel.generations, history, kernel.events, kernel.meters, marks);
    FakeRegistry registry = new FakeRegistry(swapper);
    Requirements requirements =
        new Requirements(() -> registryThere ? Optional.of(registry) : Optional.empty());
    Displaced displaced = new Displaced(kernel.state, kernel.generations, kernel.store);
    Watches watches =
        new Watches(
            new Vitals(() -> Optional.of(health)),
            tally,
            kernel.events,
            clock,
            Duration.ofSeconds(30));
    PluginFiles files = new PluginFiles(folders);
    Effects effects =
        new Effects(
            inbox, ledger, kernel.store, files, swapper, displaced, requirements, watches, clock);
    handover = new Handover(kernel.state, swapper, mailbox::close, mailbox::open);
    view = new GenerationView(kernel.generations);
    rollback =
        new Rollback(
            view,
            files,
            swapper,
            kernel.store,
            inbox,
            effects,
            ledger,
            marks,
            watches,
            kernel.state,
            clock);
    Blast blast = new Blast(2);
    this.blast = blast;
    Pipeline pipeline =
        new Pipeline(
            swapper,
            requirements,
            new Policies(publishers, () -> policies),
            kernel.store,
            blast,
            watches,
            clock);
    Candidates candidates =
        new Candidates(passports, kernel.store, new LegacyJars(kernel.store, wrapper, legacyOff));
    planner = new Planner(inbox, kernel.store, candidates, pipeline, files, swapper, ledger, clock);
    applying =
        new Applying(
            inbox,
            kernel.store,
            candidates,
            pipeline,
            files,
            swapper,
            watches,
            effects,
            ledger,
            kernel.state,
            clock);
    orders = new Orders(mailbox, swapper, ledger, effects, requirements, rollback, applying, clock);
    Crew crew = new Crew(Runnable::run, 4, mailbox::ring);
    Decisions decisions =
        new Decisions(
            pipeline,
            blast,
            files,
            effects,
            ledger,
            handover,
            crew,
            submissions,
            mailbox,
            clock,
            PATIENCE.hold());
    rounds =
        new Rounds(
            inbox,
            new Reader(inbox, kernel.store, passports, candidates, swapper, submissions, clock),
            decisions,
            effects,
            watches,
            ledger,
            handover,
            crew,
            submissions,
            clock,
            PATIENCE);
  }

  void drop(String file, byte[] content) {
    try {
      Path beside = deploy.resolve("." + file + ".dropping");
      Files.write(beside, content);
      Files.move(beside, deploy.resolve(file), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void delete(String file) {
    try {
      Files.delete(deploy.resolve(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Looks at the whole inbox, and goes on as long as there is something to do at once. */
  void look() {
    mailbox.touchEverything();
    mail();
  }

  /** Does what has come in. */
  void mail() {
    while (round() == 0) {
      continue; // As the worker does.
    }
  }

  /** One round. */
  long round() {
    try {
      return rounds.round(mailbox.take(0));
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Looks, lets more than every patience pass, and looks again. */
  void settle() {
    look();
    clock.pass(Duration.ofSeconds(3));
    look();
    look();
  }

  List<String> files() {
    return files(deploy);
  }

  List<String> failed() {
    return files(deploy.resolve(".failed"));
  }

  List<String> replaced() {
    return files(deploy.resolve(".replaced"));
  }

  String reason(String file) {
    try {
      return Files.readString(deploy.resolve(".failed").resolve(file + ".reason.txt"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Generation generation() {
    return kernel.generations.current();
  }

  Map<String, String> listing() {
    return generation().inbox();
  }

  /** {@code name version} of all that runs. */
  List<String> running() {
    return swapper.running.values().stream()
        .map(s -> s.entry().name() + " " + s.entry().version())
        .toList();
  }

  Attempt last() {
    return history.newest(1).get(0);
  }

  private static List<String> files(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(Files::isRegularFile)
          .map(f -> f.getFileName().toString())
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
