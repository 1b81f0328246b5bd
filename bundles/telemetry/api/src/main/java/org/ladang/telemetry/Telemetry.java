package org.ladang.telemetry;

import java.time.Instant;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The history of what is measured. A series is named {@code <owner>.<what>}, where the owner is a plugin, a room, {@code
 * jvm}, {@code disk} or {@code gate}, which is the sum of all calls. Safe for any thread; reading touches the disk.
 */
@ProviderType
public interface Telemetry {
  /** All series whose name starts so, in the order of their names. */
  List<Series> series(String prefix);

  /**
   * What a series was between two moments: ten seconds apart where all of it lies in the last 48 hours, else five
   * minutes. Where that is more than {@code most} points, neighbours are put together: rates and gauges by their mean,
   * latencies by their worst. A moment at which nothing was recorded has no point.
   *
   * @param name the series
   * @param from the first moment
   * @param to the last moment, after {@code from}
   * @param most at most so many points, 1 to 2000
   * @throws org.ladang.kernel.LadangException {@code LADANG-TELEMETRY-001} no such series; {@code -002} the time or the
   *     number cannot be used; {@code -003} the disk refuses
   */
  History read(String name, Instant from, Instant to, int most);

  /** How all is now: the last five minutes, from memory. */
  Present present();

  /** How much is recorded, and what is not. */
  Totals totals();
}
