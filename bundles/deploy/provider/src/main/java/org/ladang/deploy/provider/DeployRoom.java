package org.ladang.deploy.provider;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.ladang.config.Configuration;
import org.ladang.deploy.AppliedSet;
import org.ladang.deploy.Attempt;
import org.ladang.deploy.DeploymentPlan;
import org.ladang.deploy.Deployments;
import org.ladang.deploy.GenerationDifference;
import org.ladang.deploy.GenerationInfo;
import org.ladang.deploy.InboxFile;
import org.ladang.deploy.Job;
import org.ladang.deploy.LegacyWrapper;
import org.ladang.health.Health;
import org.ladang.kernel.Clock;
import org.ladang.kernel.Events;
import org.ladang.kernel.Home;
import org.ladang.kernel.LadangException;
import org.ladang.kernel.LadangSubsystem;
import org.ladang.kernel.Meters;
import org.ladang.kernel.State;
import org.ladang.kernel.States;
import org.ladang.kernel.action.CallObserver;
import org.ladang.kernel.swap.BundleStatus;
import org.ladang.kernel.swap.BundleStatus.Condition;
import org.ladang.kernel.swap.DataFolders;
import org.ladang.kernel.swap.DeploymentPolicy;
import org.ladang.kernel.swap.Generations;
import org.ladang.kernel.swap.Passports;
import org.ladang.kernel.swap.StartTask;
import org.ladang.kernel.swap.Store;
import org.ladang.kernel.swap.Swapper;
import org.ladang.registry.Registry;
import org.osgi.service.component.ComponentServiceObjects;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

/** The deploy room: puts the parts together, owns the two threads, and answers what stands in the inbox. */
@Component(
    service = {Deployments.class, StartTask.class, CallObserver.class},
    immediate = true)
@Designate(ocd = DeployRoom.Config.class)
@LadangSubsystem(name = "deploy", title = "Deploy inbox")
public final class DeployRoom implements Deployments, StartTask, CallObserver {

  /** How patient the inbox is. */
  @ObjectClassDefinition(
      name = "Ladang deploy",
      description = "How long the inbox waits before it decides over a file.")
  public @interface Config {
    @AttributeDefinition(
        name = "Settle, milliseconds",
        description =
            "An incomplete file that has not changed for so long is refused as truncated; a complete one is taken at once.")
    long settle_millis() default 750;

    @AttributeDefinition(
        name = "Gone, milliseconds",
        description =
            "A file must be gone for so long before its bundle is taken out, so that deleting and copying again is an upgrade.")
    long gone_millis() default 300;

    @AttributeDefinition(
        name = "Hold, milliseconds",
        description =
            "A file that lacks another plugin or a package waits so long for it to be dropped too before it is refused.")
    long hold_millis() default 1_000;

    @AttributeDefinition(
        name = "Look, milliseconds",
        description = "The folder is looked at so often, whatever the file system reports.")
    long look_millis() default 2_000;

    @AttributeDefinition(
        name = "Watch, milliseconds",
        description =
            "A version that took another's place is watched for so long, and goes back when it is worse; 0 watches nothing.",
        min = "0")
    long watch_millis() default 30_000;

    @AttributeDefinition(
        name = "Legacy jars",
        description =
            "What becomes of a jar without OSGi metadata: `wrap` makes a bundle of it, `off` refuses it.",
        options = {@Option(value = "wrap"), @Option(value = "off")})
    String legacy() default "wrap";

    @AttributeDefinition(
        name = "Blast limit, bundles",
        description =
            "An upgrade that stops, rewires or deactivates more other bundles than this is refused unless it is forced.",
        min = "0")
    int blast_limit() default 5;

    @AttributeDefinition(
        name = "Publishers",
        description =
            "Plugins and providers of other publishers are refused; where the list is empty, none is.")
    String[] publishers() default {};
  }

  /** How many are started at a time: a start waits as much as it works. */
  private static final int HANDS = Math.max(4, Runtime.getRuntime().availableProcessors());

  private final ThreadPoolExecutor hands = hands();
  private final Inbox inbox;
  private final Swapper swapper;
  private final Clock clock;
  private final Generations generations;
  private final History history;
  private final Submissions submissions;
  private final Orders orders;
  private final Blast blast;
  private final Planner planner;
  private final Jobs jobs;
  private final GenerationView view;
  private final CallTally tally = new CallTally();
  private final Mailbox mailbox;
  private final CompletableFuture<Void> reconciled = new CompletableFuture<>();
  private final Worker worker;
  private final Closeable watch;

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  private volatile Registry registry;

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  private volatile Configuration configuration;

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  private volatile Health health;

  /** Not the service itself: it wakes up when it is asked for. */
  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  private volatile ComponentServiceObjects<LegacyWrapper> wrapper;

  @Reference(policy = ReferencePolicy.DYNAMIC, policyOption = ReferencePolicyOption.GREEDY)
  private volatile List<DeploymentPolicy> policies = List.of();

  @Activate
  public DeployRoom(
      @Reference Home home,
      @Reference Swapper swapper,
      @Reference Passports passports,
      @Reference Store store,
      @Reference DataFolders folders,
      @Reference Generations generations,
      @Reference States states,
      @Reference Events events,
      @Reference Meters meters,
      @Reference Clock clock,
      Config config) {
    this.swapper = swapper;
    this.clock = clock;
    this.generations = generations;
    this.inbox = new Inbox(home.deploy());
    State state = states.open("deploy");
    this.history = new History(state);
    this.submissions = new Submissions(clock);
    this.mailbox = new Mailbox(clock);
    Requirements requirements = new Requirements(() -> Optional.ofNullable(registry));
    ConfigurationMarks marks =
        new ConfigurationMarks(state, () -> Optional.ofNullable(configuration));
    Ledger ledger = new Ledger(generations, history, events, meters, marks);
    Displaced displaced = new Displaced(state, generations, store);
    Watches watches =
        new Watches(
            new Vitals(() -> Optional.ofNullable(health)),
            tally,
            events,
            clock,
            Duration.ofMillis(config.watch_millis()));
    PluginFiles files = new PluginFiles(folders);
    Effects effects =
        new Effects(inbox, ledger, store, files, swapper, displaced, requirements, watches, clock);
    Handover handover = new Handover(state, swapper, this::letGo, mailbox::open);
    this.view = new GenerationView(generations);
    Rollback rollback =
        new Rollback(
            view, files, swapper, store, inbox, effects, ledger, marks, watches, state, clock);
    this.blast = new Blast(config.blast_limit());
    Pipeline pipeline =
        new Pipeline(
            swapper,
            requirements,
            new Policies(List.of(config.publishers()), () -> policies),
            store,
            blast,
            watches,
            clock);
    LegacyJars legacy = new LegacyJars(store, this::withWrapper, config.legacy().equals("off"));
    Candidates candidates = new Candidates(passports, store, legacy);
    this.planner = new Planner(inbox, store, candidates, pipeline, files, swapper, ledger, clock);
    Applying applying =
        new Applying(
            inbox,
            store,
            candidates,
            pipeline,
            files,
            swapper,
            watches,
            effects,
            ledger,
            state,
            clock);
    this.orders =
        new Orders(mailbox, swapper, ledger, effects, requirements, rollback, applying, clock);
    this.jobs = new Jobs(state, history, clock);
    Crew crew = new Crew(hands, HANDS, mailbox::ring);
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
            Duration.ofMillis(config.hold_millis()));
    Rounds rounds =
        new Rounds(
            inbox,
            new Reader(inbox, store, passports, candidates, swapper, submissions, clock),
            decisions,
            effects,
            watches,
            ledger,
            handover,
            crew,
            submissions,
            clock,
            new Rounds.Patience(
                Duration.ofMillis(config.settle_millis()),
                Duration.ofMillis(config.gone_millis()),
                Duration.ofMillis(config.hold_millis()),
                Duration.ofMillis(config.look_millis())));
    this.worker =
        new Worker(
            mailbox,
            rounds,
            decisions,
            handover,
            () -> resume(rollback, applying),
            reconciled,
            new Booted(swapper, generations));
    this.watch = FolderWatch.start(inbox.folder(), mailbox);
    worker.start();
  }

  @Deactivate
  void close() throws IOException {
    watch.close();
    worker.close();
    hands.shutdown();
  }

  /** They go when there is nothing to do. */
  private static ThreadPoolExecutor hands() {
    AtomicInteger number = new AtomicInteger();
    ThreadPoolExecutor hands =
        new ThreadPoolExecutor(
            HANDS,
            HANDS,
            10,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            work -> {
              Thread thread = new Thread(work, "ladang-deploy-hand-" + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
    hands.allowCoreThreadTimeOut(true);
    return hands;
  }

  @Override
  public String title() {
    return "the inbox";
  }

  @Override
  public CompletionStage<Void> finished() {
    return reconciled.minimalCompletionStage();
  }

  @Override
  public List<InboxFile> inbox() {
    Map<String, BundleStatus> byFile =
        swapper.statuses().stream()
            .filter(s -> !s.entry().fromDistribution())
            .collect(Collectors.toMap(s -> s.entry().file(), Function.identity(), (a, b) -> b));
    Map<String, String> listed = generations.current().inbox();
    List<InboxFile> files = new ArrayList<>();
    stamps()
        .forEach(
            (name, stamp) -> {
              BundleStatus status = byFile.get(name);
              files.add(
                  status == null || !listed.containsKey(name)
                      ? arriving(name, stamp)
                      : running(name, stamp, status));
            });
    files.sort(java.util.Comparator.comparing(InboxFile::file));
    return files;
  }

  @Override
  public List<Attempt> history(int limit) {
    return history.newest(limit);
  }

  @Override
  public CompletionStage<Attempt> submit(String fileName, Path content) {
    if (fileName.isEmpty() || Inbox.ignored(fileName) || !fileName.matches("[^/\\\\\\p{Cntrl}]+")) {
      throw new LadangException(
              "LADANG-DEPLOY-006", "`" + fileName + "` is no name for a file of the inbox.")
          .next("Use a plain name such as bots-1.2.0.jar.");
    }
    Path beside = inbox.folder().resolve("." + fileName + ".submitted.tmp");
    CompletionStage<Attempt> attempt = submissions.expect(fileName);
    try {
      Files.copy(content, beside, StandardCopyOption.REPLACE_EXISTING);
      Files.move(
          beside,
          inbox.file(fileName),
          StandardCopyOption.ATOMIC_MOVE,
          StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      return CompletableFuture.failedStage(
          new LadangException(
                  "LADANG-DEPLOY-001",
                  fileName + " could not be put into the inbox: " + e.getMessage() + ".",
                  e)
              .next("Check the disk and the rights of the deploy folder."));
    }
    mailbox.touch(fileName);
    return attempt;
  }

  @Override
  public CompletionStage<DeploymentPlan> plan(String file) {
    return orders.ask(() -> planner.plan(planner.find(file)));
  }

  @Override
  public CompletionStage<DeploymentPlan> plan(Path jar) {
    if (!Files.isRegularFile(jar)) {
      throw Planner.unknown(jar.toString());
    }
    return orders.ask(() -> planner.plan(jar));
  }

  @Override
  public CompletionStage<Attempt> accept(String file, boolean force) {
    if (Inbox.ignored(file) || file.contains("/") || !Files.isRegularFile(inbox.failed(file))) {
      throw new LadangException(
              "LADANG-DEPLOY-021", "There is no file " + file + " in the drawer .failed.")
          .next("deploy:history tells what was refused.");
    }
    if (force) {
      blast.force(file);
    }
    return submit(file, inbox.failed(file))
        .thenApply(
            attempt -> {
              if (attempt.outcome() != Attempt.Outcome.REFUSED) {
                inbox.forgetFailed(file);
              }
              return attempt;
            });
  }

  @Override
  public CompletionStage<AppliedSet> apply(
      Path file, boolean dryRun, boolean force, String author) {
    return orders.apply(file, dryRun, force, author);
  }

  @Override
  public Job begin(Job.Order order, String argument, boolean force, String author) {
    return switch (order) {
      case ROLLBACK ->
          follow(order, argument, author, () -> rollback(generation(argument), author));
      case ACCEPT -> follow(order, argument, author, () -> accept(argument, force));
      case APPLY ->
          jobs.follow(
              order,
              argument,
              author,
              () -> apply(Path.of(argument), false, force, author),
              JobEnding::of);
      case START -> follow(order, argument, author, () -> start(argument, author));
      case STOP -> follow(order, argument, author, () -> stop(argument, author));
      case REMOVE -> follow(order, argument, author, () -> remove(argument, author));
    };
  }

  private Job follow(
      Job.Order order, String argument, String author, Supplier<CompletionStage<Attempt>> given) {
    return jobs.follow(order, argument, author, given, attempt -> JobEnding.of(order, attempt));
  }

  private static Optional<Long> generation(String text) {
    if (text.isBlank()) {
      return Optional.empty();
    }
    try {
      return Optional.of(Long.parseLong(text.strip()));
    } catch (NumberFormatException e) {
      throw new LadangException(
              "LADANG-DEPLOY-015", "`" + text + "` is no number of a generation.", e)
          .next("deploy:generations lists them.");
    }
  }

  @Override
  public List<Job> jobs(int limit) {
    return jobs.newest(Math.max(0, limit));
  }

  @Override
  public Job job(String id) {
    return jobs.find(id)
        .orElseThrow(
            () ->
                new LadangException(
                        "LADANG-DEPLOY-027", "There is no job " + id + ", or it is no longer kept.")
                    .next("deploy:jobs lists those that are."));
  }

  @Override
  public void ended(Call call) {
    tally.ended(call);
  }

  @Override
  public List<GenerationInfo> generations() {
    return view.all();
  }

  @Override
  public List<GenerationDifference> diff(long from, long to) {
    return view.diff(from, to);
  }

  @Override
  public CompletionStage<Attempt> rollback(Optional<Long> to, String author) {
    return orders.rollback(to, author);
  }

  @Override
  public CompletionStage<Attempt> start(String name, String author) {
    return orders.start(name, author);
  }

  @Override
  public CompletionStage<Attempt> stop(String name, String author) {
    return orders.stop(name, author);
  }

  @Override
  public CompletionStage<Attempt> remove(String name, String author) {
    return orders.remove(name, author);
  }

  private boolean withWrapper(Consumer<LegacyWrapper> work) {
    ComponentServiceObjects<LegacyWrapper> there = wrapper;
    LegacyWrapper awake = there == null ? null : there.getService();
    if (awake == null) {
      return false;
    }
    try {
      work.accept(awake);
      return true;
    } finally {
      there.ungetService(awake);
    }
  }

  private static void resume(Rollback rollback, Applying applying) {
    rollback.resume();
    applying.resume();
  }

  private void letGo() {
    reconciled.complete(null);
    mailbox.close();
    submissions.letGo();
  }

  private Map<String, Stamp> stamps() {
    try {
      return inbox.look();
    } catch (IOException e) {
      throw new LadangException(
              "LADANG-DEPLOY-014", "The inbox cannot be read: " + e.getMessage() + ".", e)
          .next("Check the rights of the deploy folder.");
    }
  }

  private InboxFile arriving(String name, Stamp stamp) {
    return new InboxFile(
        name, "", "", "", "ARRIVING", stamp.dropped().toInstant(), stamp.bytes(), "");
  }

  private static InboxFile running(String name, Stamp stamp, BundleStatus status) {
    String state = status.state() == Condition.READY_LAZY ? "READY (lazy)" : status.state().name();
    Instant since = status.since();
    return new InboxFile(
        name,
        status.passport().name(),
        status.passport().version(),
        status.passport().kind().name().toLowerCase(Locale.ROOT),
        state,
        since,
        stamp.bytes(),
        status.sentence());
  }
}
