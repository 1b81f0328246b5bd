package org.ladang.discovery.provider;

import java.lang.reflect.Method;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.ladang.balancer.Ask;
import org.ladang.balancer.Balancers;
import org.ladang.balancer.PoolSource;
import org.ladang.balancer.PoolSpec;
import org.ladang.discovery.Databases;
import org.ladang.discovery.Demand;
import org.ladang.discovery.Discovery;
import org.ladang.discovery.EndpointSource;
import org.ladang.discovery.HttpAnswer;
import org.ladang.discovery.HttpCall;
import org.ladang.discovery.HttpEndpoints;
import org.ladang.discovery.Instance;
import org.ladang.discovery.Kind;
import org.ladang.discovery.Offer;
import org.ladang.discovery.Query;
import org.ladang.discovery.Route;
import org.ladang.discovery.Rows;
import org.ladang.discovery.Selector;
import org.ladang.discovery.ServiceInfo;
import org.ladang.kernel.Clock;
import org.ladang.kernel.Events;
import org.ladang.kernel.LadangSubsystem;
import org.ladang.kernel.Scheduler;
import org.ladang.kernel.States;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.AnyService;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.jdbc.DataSourceFactory;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The room's one component: who brings endpoints comes in here, and its parts do the work. */
@LadangSubsystem(name = "discovery", title = "Discovery")
@Component(
    service = {Discovery.class, HttpEndpoints.class, Databases.class, PoolSource.class},
    immediate = true,
    configurationPid = "org.ladang.discovery")
@Designate(ocd = DiscoveryRoom.Config.class)
public final class DiscoveryRoom implements Discovery, HttpEndpoints, Databases, PoolSource {
  /** What can be configured. */
  @ObjectClassDefinition(
      name = "Discovery",
      description = "Where this runtime stands, and how it calls what it finds.")
  public @interface Config {
    /** The zone. */
    @AttributeDefinition(
        name = "Zone",
        description = "Where this runtime stands, from the large to the small: id/jakarta/rack-7.",
        required = false)
    String zone() default "";

    /** Connections. */
    @AttributeDefinition(
        name = "Connections to a database",
        description = "How many statements may be under way in one database; further ones wait.",
        min = "1",
        max = "64")
    int connections() default 8;
  }

  private static final Duration CHECK_TICK = Duration.ofMillis(50);
  private static final Duration TICK = Duration.ofSeconds(1);

  private final Threads threads = new Threads();
  private final Register register;
  private final Endpoints endpoints;
  private final Checker checker;
  private final DatabasePools pools;
  private final HttpDoor door;
  private final LocalCalls local;
  private final HttpCalls http;
  private final DatabaseCalls databases;
  private final Upkeep upkeep;
  private final Scheduler.Task checking;
  private final Scheduler.Task ticking;

  /** Made by DS. */
  @Activate
  public DiscoveryRoom(
      BundleContext context,
      Config config,
      @Reference Clock clock,
      @Reference Scheduler scheduler,
      @Reference Events events,
      @Reference States states,
      @Reference Balancers balancers) {
    this(
        new Owners(context),
        config.zone(),
        config.connections(),
        clock,
        scheduler,
        events,
        new Kept(states.open("discovery"), process()),
        balancers);
  }

  DiscoveryRoom(
      Predicate<String> owners,
      String zone,
      int connections,
      Clock clock,
      Scheduler scheduler,
      Events events,
      Kept kept,
      Balancers balancers) {
    Ask here = Ask.from(zone);
    register = new Register(balancers);
    endpoints = new Endpoints(register, kept, clock, events, zone);
    pools = new DatabasePools(connections);
    door = new HttpDoor(threads.http);
    Map<Kind, Probe> probes = new java.util.EnumMap<>(Kind.class);
    checker = new Checker(register, probes, clock, events);
    local = new LocalCalls(register, checker, clock, here);
    http = new HttpCalls(register, checker, door, threads.answers, clock, here);
    databases = new DatabaseCalls(register, checker, pools, threads.databases, clock, here);
    probes.put(Kind.LOCAL, new LocalProbe(owners, threads.checks));
    probes.put(Kind.HTTP, new HttpProbe(door));
    probes.put(Kind.DATABASE, databases);
    upkeep = new Upkeep(register, endpoints, pools, owners, clock, events);
    endpoints.restore();
    checking = scheduler.every(CHECK_TICK, "ladang-discovery-checks", checker::tick);
    ticking = scheduler.every(TICK, "ladang-discovery-tick", upkeep::tick);
  }

  /** Names this run of the process: what was registered for it is not believed by the next. */
  private static String process() {
    ProcessHandle me = ProcessHandle.current();
    return me.pid() + "@" + me.info().startInstant().map(Object::toString).orElse("");
  }

  @Modified
  void modified(Config config) {
    Ask here = Ask.from(config.zone());
    local.from(here);
    http.from(here);
    databases.from(here);
    pools.most(config.connections());
  }

  @Deactivate
  void stop() {
    endpoints.close();
    checking.cancel();
    ticking.cancel();
    door.close();
    threads.close();
    pools.close();
  }

  // Who brings endpoints.

  @Reference(
      service = AnyService.class,
      target = "(" + ENDPOINT + "=*)",
      cardinality = ReferenceCardinality.MULTIPLE,
      policy = ReferencePolicy.DYNAMIC)
  void bindLocal(Object service, Map<String, Object> properties) {
    endpoints.bind(service, properties);
  }

  void updatedLocal(Object service, Map<String, Object> properties) {
    endpoints.unbind(service);
    endpoints.bind(service, properties);
  }

  void unbindLocal(Object service) {
    endpoints.unbind(service);
  }

  @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
  void bindSource(EndpointSource source, Map<String, Object> properties) {
    endpoints.bind(source, properties.containsKey(ConfiguredEndpoint.MARK));
  }

  void unbindSource(EndpointSource source) {
    endpoints.unbind(source);
  }

  @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
  void bindDriver(DataSourceFactory factory, Map<String, Object> properties) {
    pools.driver(driver(properties), factory);
  }

  void unbindDriver(DataSourceFactory factory, Map<String, Object> properties) {
    pools.noDriver(driver(properties), factory);
  }

  private static String driver(Map<String, Object> properties) {
    return String.valueOf(properties.get(DataSourceFactory.OSGI_JDBC_DRIVER_CLASS));
  }

  // What the room does.

  @Override
  public void register(Offer offer) {
    endpoints.register(offer, false);
  }

  @Override
  public void keep(Offer offer) {
    endpoints.register(offer, true);
  }

  @Override
  public void remove(String type, String id) {
    endpoints.remove(type, id);
  }

  @Override
  public void drain(String type, String id, boolean on) {
    endpoints.drain(type, id, on);
  }

  @Override
  public List<Instance> find(String type, Selector selector) {
    return register.find(type, selector);
  }

  @Override
  public List<ServiceInfo> services() {
    return register.services();
  }

  @Override
  public ServiceInfo info(String type) {
    return register.info(type);
  }

  @Override
  public Object invoke(Demand demand, Method method, Object[] arguments) throws Throwable {
    return local.invoke(demand, method, arguments);
  }

  @Override
  public java.util.concurrent.CompletionStage<HttpAnswer> send(Route route, HttpCall call) {
    return http.send(route, call);
  }

  @Override
  public Rows query(Route route, Query query) {
    return databases.query(route, query);
  }

  @Override
  public long update(Route route, Query statement) {
    return databases.update(route, statement);
  }

  @Override
  public List<PoolSpec> pools() {
    return register.pools();
  }
}
