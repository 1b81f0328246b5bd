package org.ladang.discovery;

import java.lang.reflect.Method;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The register of endpoints and whether they are alive. Safe for any thread. Services of this runtime are registered by
 * the property {@value #ENDPOINT} on the service itself; others by configuration, by an {@link EndpointSource}, or here.
 *
 * <p>Methods that name a type throw {@code LADANG-DISCOVERY-001} when nobody offers it, those that name an endpoint
 * {@code LADANG-DISCOVERY-002} when it is not there.
 */
@ProviderType
public interface Discovery {
  /** On a service: it is an endpoint of each of its interfaces. {@code true}, or the endpoint's name. */
  String ENDPOINT = "discovery.endpoint";

  /** On such a service: the version of what it offers; {@code 1.0.0} without. */
  String VERSION = "discovery.version";

  /** On such a service: where it stands; this runtime's zone without. */
  String ZONE = "discovery.zone";

  /** On such a service: words by which it can be selected. */
  String TAGS = "discovery.tags";

  /** On such a service: a number; 1 without. */
  String WEIGHT = "discovery.weight";

  /** On such a service: the method without arguments that says whether it is alive. */
  String CHECK = "discovery.check";

  /**
   * Registers an endpoint, or renews the lease of one that is there. It goes when its lease runs out, when the bundle
   * named as its owner is not active any more, by {@link #remove}, and with the process.
   *
   * @throws org.ladang.kernel.LadangException {@code LADANG-DISCOVERY-003} when something of it cannot be used, {@code
   *     LADANG-DISCOVERY-005} when a source or a configuration has an endpoint of that name
   */
  void register(Offer offer);

  /** Registers an endpoint that is kept over restarts, until it is removed. */
  void keep(Offer offer);

  /**
   * Removes an endpoint that was registered here, and what was to be kept of it.
   *
   * @throws org.ladang.kernel.LadangException {@code LADANG-DISCOVERY-005} when a source, a service or a configuration
   *     brings it: it would come back
   */
  void remove(String type, String id);

  /** Lets an endpoint run out of calls, or gives it calls again. Kept over restarts until it is taken back. */
  void drain(String type, String id, boolean on);

  /** Those that are alive and not draining, in the order of their names; empty when there is none. */
  List<Instance> find(String type, Selector selector);

  /** What is offered, in the order of the names. */
  List<ServiceInfo> services();

  /** What is known of one. */
  ServiceInfo info(String type);

  /**
   * Calls one of the local services that a demand finds; {@link Balanced} is what people use.
   *
   * @return what it returned
   * @throws Throwable what it threw, or {@code LADANG-DISCOVERY-006} when there is nobody to call
   */
  Object invoke(Demand demand, Method method, Object[] arguments) throws Throwable;
}
