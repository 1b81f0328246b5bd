package org.ladang.health;

import java.util.List;
import java.util.Set;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Runs the health checks (Apache Felix Health Checks) of everything that runs. A check is a {@code HealthCheck} service
 * of any bundle, with {@code hc.name} and {@code hc.tags}.
 *
 * <p>Safe for any thread. A check that takes longer than the configured time is reported as late and goes on behind the
 * scenes; no method waits for it beyond that. Results are remembered for a moment, so asking often costs little.
 */
@ProviderType
public interface Health {
  /** The tag of checks that {@link #readiness} asks for. */
  String READINESS = "readiness";

  /** The checks that are there, without running them, in the order of their names. */
  List<CheckInfo> checks();

  /**
   * Runs checks.
   *
   * @param tagsOrNames checks that have one of these tags, or one of these as their name; all where empty
   * @return the results, the worst first
   * @throws org.ladang.kernel.LadangException {@code LADANG-HEALTH-001} when a word is given that no check has
   */
  Report run(Set<String> tagsOrNames);

  /**
   * Whether the runtime is ready to be given work: its start has ended and no room's check with the tag {@value
   * #READINESS} is unhealthy. What plugins say does not count: a sick plugin does not make the platform unready.
   */
  Readiness readiness();

  /**
   * Whether the runtime is ready.
   *
   * @param ready yes or no
   * @param sentence why; for people who are logged in
   */
  record Readiness(boolean ready, String sentence) {}
}
