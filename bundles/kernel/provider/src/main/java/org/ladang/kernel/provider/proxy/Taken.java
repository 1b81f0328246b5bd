package org.ladang.kernel.provider.proxy;

import java.util.List;
import java.util.Map;
import org.ladang.kernel.LadangException;
import org.osgi.framework.ServiceReference;

/**
 * What became of one raw service when the kernel took it.
 *
 * @param reference the raw service
 * @param state how far it got
 * @param targets one for each interface, once it was taken
 * @param properties the properties that its proxies carry
 * @param failure why it was not taken; null unless it failed
 */
record Taken(
    ServiceReference<?> reference,
    State state,
    List<Offer> targets,
    Map<String, Object> properties,
    LadangException failure) {

  enum State {
    TAKING,
    TAKEN,
    FAILED
  }

  /**
   * A target for an identity.
   *
   * @param type the interface
   */
  record Offer(Identity identity, Class<?> type, Target target) {}

  /** The same in another state. */
  Taken in(State other) {
    return new Taken(reference, other, targets, properties, failure);
  }

  static Taken taking(ServiceReference<?> reference) {
    return new Taken(reference, State.TAKING, List.of(), Map.of(), null);
  }
}
