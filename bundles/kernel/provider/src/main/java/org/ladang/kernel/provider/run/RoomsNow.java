package org.ladang.kernel.provider.run;

import java.util.List;
import org.ladang.kernel.swap.BundleStatus;
import org.ladang.kernel.swap.BundleStatus.Condition;
import org.ladang.kernel.swap.Kind;

/**
 * How the rooms are at one moment of a start.
 *
 * @param statuses of all bundles, from one look
 */
record RoomsNow(List<BundleStatus> statuses) {
  /** What does not serve though it should, as sentences. */
  List<String> missing() {
    return statuses.stream()
        .filter(s -> s.entry().kind() == Kind.SUBSYSTEM)
        .filter(s -> s.state() != Condition.ACTIVE && s.state() != Condition.STOPPED)
        .map(s -> "The room " + s.entry().name() + " does not serve: " + s.sentence())
        .toList();
  }

  /** Whether waiting is of no use: nobody is on the way. */
  boolean hopeless() {
    return statuses.stream()
        .noneMatch(s -> s.state() == Condition.WAITING || s.state() == Condition.STARTING);
  }
}
