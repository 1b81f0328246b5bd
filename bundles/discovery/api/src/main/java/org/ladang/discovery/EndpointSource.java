package org.ladang.discovery;

import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Whoever knows endpoints publishes this service: a configuration, a registry of another machine, a plugin. It is asked
 * once a second, and its endpoints go when it goes, or when it no longer names them.
 */
@ConsumerType
public interface EndpointSource {
  /** All endpoints it knows at this moment; fast, and without waiting for anything. */
  List<Offer> offers();
}
