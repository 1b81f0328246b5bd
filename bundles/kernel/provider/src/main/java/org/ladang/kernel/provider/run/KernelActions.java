package org.ladang.kernel.provider.run;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.ladang.kernel.Event;
import org.ladang.kernel.Events;
import org.ladang.kernel.Home;
import org.ladang.kernel.Meters;
import org.ladang.kernel.action.Action;
import org.ladang.kernel.action.ActionGroup;
import org.ladang.kernel.action.ActionSource;
import org.ladang.kernel.action.Arg;
import org.ladang.kernel.action.Effect;
import org.ladang.kernel.action.Role;
import org.ladang.kernel.swap.BundleStatus;
import org.ladang.kernel.swap.BundleStatus.Condition;
import org.ladang.kernel.swap.Generations;
import org.ladang.kernel.swap.Kind;
import org.ladang.kernel.swap.LadangRuntime;
import org.ladang.kernel.swap.Swapper;

/** What can be asked of the kernel itself. */
@ActionGroup("ladang")
public final class KernelActions implements ActionSource {
  private final LadangRuntime runtime;
  private final Home home;
  private final Swapper swapper;
  private final Generations generations;
  private final Events events;
  private final Meters meters;
  private final LeakWatch leaks;

  KernelActions(
      LadangRuntime runtime,
      Home home,
      Swapper swapper,
      Generations generations,
      Events events,
      Meters meters,
      LeakWatch leaks) {
    this.runtime = runtime;
    this.home = home;
    this.swapper = swapper;
    this.generations = generations;
    this.events = events;
    this.meters = meters;
    this.leaks = leaks;
  }

  /** The state of the runtime. */
  public record Status(
      boolean ready,
      String version,
      String node,
      Duration uptime,
      long generation,
      int subsystems,
      int plugins,
      int refused,
      int waiting,
      String java,
      long heapMiB,
      List<String> attention) {}

  /** An event as people read it. */
  public record Happening(
      Instant at,
      Event.Severity severity,
      String type,
      String subject,
      String sentence,
      Map<String, Object> details) {}

  @Action(description = "Says how the runtime is, and what needs attention.", role = Role.VIEWER)
  public Status status() {
    List<BundleStatus> all = swapper.statuses();
    return new Status(
        runtime.ready(),
        home.version(),
        home.nodeId(),
        runtime.uptime(),
        generations.current().number(),
        (int) all.stream().filter(s -> s.entry().kind() == Kind.SUBSYSTEM).count(),
        (int) all.stream().filter(s -> s.entry().kind() == Kind.PLUGIN).count(),
        count(all, Condition.REFUSED) + count(all, Condition.STUCK),
        count(all, Condition.WAITING),
        Runtime.version().toString(),
        ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() >> 20,
        all.stream()
            .filter(s -> !s.sentence().isEmpty() && s.state() != Condition.STOPPED)
            .map(s -> s.entry().name() + ": " + s.sentence())
            .toList());
  }

  @Action(description = "Lists the newest events, newest first.", role = Role.VIEWER)
  public List<Happening> events(
      @Arg("Only events whose type starts so, for example `deploy`.")
          java.util.Optional<String> type,
      @Arg("At most this many; 20 by default.") java.util.Optional<Integer> limit) {
    return events.recent(type.orElse(""), limit.orElse(20)).stream()
        .map(
            e ->
                new Happening(
                    e.at(), e.severity(), e.type(), e.subject(), e.sentence(), e.details()))
        .toList();
  }

  @Action(
      description = "Lists counters and timers with their distribution since the start.",
      role = Role.VIEWER)
  public List<Meters.Reading> meters(
      @Arg("Only meters whose name starts so, for example `gate.bots`.")
          java.util.Optional<String> prefix) {
    return meters.readings(prefix.orElse(""));
  }

  /** A bundle whose classes outlived it. */
  public record Leftover(String bundle, Instant since, String holder) {}

  @Action(
      description =
          "Lists bundles that were taken out but whose classes stay: what holds them, and since when.",
      role = Role.VIEWER)
  public List<Leftover> leaks(
      @Arg("Whether to collect garbage twice first, which stops all calls for a moment.")
          java.util.Optional<Boolean> collect) {
    if (collect.orElse(false)) {
      Runtime.getRuntime().gc();
      Runtime.getRuntime().gc();
    }
    return leaks.leaks().stream()
        .map(leak -> new Leftover(leak.bundle(), leak.since(), leak.holder()))
        .toList();
  }

  @Action(
      description = "Stops the runtime in good order.",
      role = Role.ADMIN,
      effect = Effect.DANGER)
  public String stop() {
    runtime.stop();
    return "Ladang stops.";
  }

  private static int count(List<BundleStatus> all, Condition condition) {
    return (int) all.stream().filter(s -> s.state() == condition).count();
  }
}
