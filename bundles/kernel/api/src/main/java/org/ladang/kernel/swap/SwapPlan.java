package org.ladang.kernel.swap;

import java.util.List;

/**
 * What bringing a bundle to something would do, found without doing it.
 *
 * @param road how it would get its place
 * @param touched what else would feel it, in the order of their names
 */
public record SwapPlan(Road road, List<Touched> touched) {

  public SwapPlan {
    touched = List.copyOf(touched);
  }

  /** How a bundle gets its place. */
  public enum Road {
    /** It runs already. */
    NONE,
    /** Nothing serves there yet. */
    NEW,
    /** It is started beside the former one, which goes when it serves. */
    BESIDE,
    /** The former one goes first; calls wait meanwhile. */
    IN_PLACE,
    /** It is started at its first call. */
    AT_FIRST_CALL
  }

  /** What happens to another bundle. */
  public enum How {
    /** It is stopped, wired anew and started again; calls wait meanwhile. */
    RESTARTED,
    /** A service that it uses goes for good: what cannot do without is deactivated. */
    LOSES_A_SERVICE
  }

  /**
   * Another bundle that would feel it.
   *
   * @param symbolicName names it
   * @param name the plugin's or room's name, or the symbolic name
   * @param how what happens to it
   * @param why the path from it to the bundle, as a sentence
   */
  public record Touched(String symbolicName, String name, How how, String why) {}
}
