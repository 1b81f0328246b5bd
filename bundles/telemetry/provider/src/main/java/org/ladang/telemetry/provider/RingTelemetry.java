package org.ladang.telemetry.provider;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.ladang.kernel.Clock;
import org.ladang.kernel.Events;
import org.ladang.kernel.Home;
import org.ladang.kernel.LadangException;
import org.ladang.kernel.LadangSubsystem;
import org.ladang.kernel.Meters;
import org.ladang.kernel.Scheduler;
import org.ladang.kernel.action.CallObserver;
import org.ladang.telemetry.History;
import org.ladang.telemetry.Present;
import org.ladang.telemetry.Series;
import org.ladang.telemetry.Telemetry;
import org.ladang.telemetry.Totals;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Records into ring files. Two of it would write the same rows, so versions do not overlap. */
@LadangSubsystem(name = "telemetry", title = "Telemetry", overlap = false)
@Component(
    service = {Telemetry.class, CallObserver.class},
    configurationPid = "org.ladang.telemetry")
@Designate(ocd = RingTelemetry.Config.class)
public final class RingTelemetry implements Telemetry, CallObserver {
  private static final int MOST_POINTS = 2000;

  /** What can be set. */
  @ObjectClassDefinition(name = "Telemetry", description = "How much of what is measured is kept.")
  @interface Config {
    @AttributeDefinition(
        name = "Most series of a plugin",
        description =
            "How many series one plugin or room may have; the values of others are counted and dropped.",
        min = "1",
        max = "10000")
    int most_series() default 2000;

    @AttributeDefinition(
        name = "Most owners",
        description = "How many plugins and rooms may have a history.",
        min = "1",
        max = "10000")
    int most_owners() default 1000;
  }

  private final Shelves shelves;
  private final Recorder recorder;
  private final CallWindows calls;
  private final Recency recency = new Recency();
  private final Clock clock;
  private final Scheduler scheduler;
  private volatile boolean open = true;
  private Scheduler.Task next;

  /** Made by DS. */
  @Activate
  public RingTelemetry(
      @Reference Home home,
      @Reference Meters meters,
      @Reference Clock clock,
      @Reference Scheduler scheduler,
      @Reference Events events,
      Config config)
      throws IOException {
    this(home, meters, clock, scheduler, events, config.most_series(), config.most_owners());
  }

  RingTelemetry(
      Home home,
      Meters meters,
      Clock clock,
      Scheduler scheduler,
      Events events,
      int mostSeries,
      int mostOwners)
      throws IOException {
    this.clock = clock;
    this.scheduler = scheduler;
    this.calls = new CallWindows();
    this.shelves =
        new Shelves(home.data().resolve("telemetry").resolve("v1"), mostSeries, mostOwners);
    MeterWindows windows = new MeterWindows();
    Machine machine = new Machine(home.data());
    this.recorder =
        new Recorder(
            shelves,
            seconds ->
                merged(
                    calls.take(seconds),
                    windows.take(meters.readings(""), seconds),
                    machine.take(seconds)),
            recency,
            clock,
            events);
    plan();
  }

  private static Map<String, Map<String, Double>> merged(
      Map<String, Map<String, Double>> calls,
      Map<String, Map<String, Double>> meters,
      Map<String, Map<String, Double>> machine) {
    Map<String, Map<String, Double>> all = new TreeMap<>();
    for (Map<String, Map<String, Double>> part : List.of(calls, meters, machine)) {
      part.forEach(
          (owner, values) -> all.computeIfAbsent(owner, key -> new TreeMap<>()).putAll(values));
    }
    return all;
  }

  /** The next sample: just before the end of these ten seconds, so that a row stands for the time whose slot it has. */
  private synchronized void plan() {
    if (open) {
      Instant now = clock.now();
      Duration left =
          Duration.between(now, Step.FINE.start(Step.FINE.slot(now) + 1)).minusMillis(200);
      next =
          scheduler.after(
              left.toMillis() > 0 ? left : left.plus(Step.FINE.length()),
              "telemetry",
              this::sampleAndPlan);
    }
  }

  private void sampleAndPlan() {
    try {
      synchronized (recorder) {
        if (open) {
          recorder.sample();
        }
      }
    } finally {
      plan();
    }
  }

  /** Ends the recording; a sample that is under way is waited for. */
  @Deactivate
  void close() {
    open = false;
    synchronized (this) {
      if (next != null) {
        next.cancel();
      }
    }
    synchronized (recorder) {
      // No row is being written now, and none will be.
      calls.take(1);
    }
  }

  @Override
  public void ended(Call call) {
    calls.ended(call);
  }

  @Override
  public List<Series> series(String prefix) {
    List<Series> found = new ArrayList<>();
    shelves
        .all()
        .forEach(
            (owner, shelf) ->
                shelf.series().keySet().stream()
                    .filter(name -> name.startsWith(prefix))
                    .forEach(name -> found.add(new Series(name, owner, Units.of(name)))));
    found.sort(Comparator.comparing(Series::name));
    return List.copyOf(found);
  }

  @Override
  public History read(String name, Instant from, Instant to, int most) {
    if (!from.isBefore(to) || most < 1 || most > MOST_POINTS) {
      throw new LadangException(
              "LADANG-TELEMETRY-002",
              "History is read from an earlier to a later moment, in 1 to "
                  + MOST_POINTS
                  + " points.")
          .next("telemetry:read bots.calls reads the last hour.");
    }
    Shelf shelf =
        shelves.all().values().stream()
            .filter(candidate -> candidate.series().containsKey(name))
            .findFirst()
            .orElseThrow(
                () ->
                    new LadangException(
                            "LADANG-TELEMETRY-001",
                            "Nothing is recorded under the name " + name + ".")
                        .next("telemetry:series shows what is."));
    Step step = from.isBefore(clock.now().minus(Step.FINE.reach())) ? Step.COARSE : Step.FINE;
    Thinned points = new Thinned(step, step.slot(from), step.slot(to), most, Units.worst(name));
    try {
      shelf.read(name, step, step.slot(from), step.slot(to), points);
    } catch (IOException failure) {
      throw new LadangException(
              "LADANG-TELEMETRY-003", "The history cannot be read: " + failure.getMessage() + ".")
          .next("Look at the disk under data/telemetry.");
    }
    return new History(name, Units.of(name), points.length(), points.points());
  }

  @Override
  public Present present() {
    return recency.present();
  }

  @Override
  public Totals totals() {
    List<Totals.Owner> owners = new ArrayList<>();
    shelves
        .all()
        .forEach(
            (owner, shelf) ->
                owners.add(
                    new Totals.Owner(
                        owner, shelf.series().size(), shelf.bytes(), shelf.overflow())));
    owners.sort(
        Comparator.comparing(Totals.Owner::series).reversed().thenComparing(Totals.Owner::owner));
    Optional<Instant> last = recorder.last();
    return new Totals(
        owners.stream().mapToInt(Totals.Owner::series).sum(),
        owners.stream().mapToLong(Totals.Owner::bytes).sum(),
        owners.stream().mapToLong(Totals.Owner::overflow).sum() + recorder.homeless(),
        recorder.unwritten(),
        last,
        owners);
  }
}
