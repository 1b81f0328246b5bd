package org.ladang.kernel.provider.run;

import java.time.Instant;
import java.util.concurrent.locks.ReentrantLock;
import org.ladang.kernel.swap.BundleEntry;
import org.ladang.kernel.swap.BundleStatus;
import org.ladang.kernel.swap.BundleStatus.Condition;
import org.ladang.kernel.swap.Passport;
import org.osgi.framework.Bundle;

/** A place for one symbolic name: the bundle that serves there now, if any, and how it is. */
final class Resident {
  /** Held while the place changes hands: one swap at a time. */
  final ReentrantLock swapping = new ReentrantLock();

  private volatile Occupant occupant;
  private volatile Seen seen;
  private volatile BundleStatus status;

  /**
   * A bundle in its place.
   *
   * @param bundle null while a lazy plugin or a stopped bundle is not installed
   * @param context its {@code PluginContext}; null where it has none
   */
  record Occupant(BundleEntry entry, Passport passport, Bundle bundle, OwnContext context) {}

  /** A bundle that was good when it had had so many changes, and is as long as it has no further one. */
  private record Seen(Bundle bundle, long changes) {}

  /** Notes that the bundle is good until its changes are more than these. */
  void good(Bundle bundle, long changes) {
    seen = new Seen(bundle, changes);
  }

  /** Whether the bundle is still as good as it was seen to be. */
  boolean stillGood(Bundle bundle, long changes) {
    Seen last = seen;
    return last != null && last.bundle() == bundle && last.changes() == changes;
  }

  /** Who is there; null when nobody ever was. */
  Occupant occupant() {
    return occupant;
  }

  void occupy(Occupant next) {
    occupant = next;
  }

  /** How it is; null before anything was tried. */
  BundleStatus status() {
    return status;
  }

  BundleStatus become(
      BundleEntry entry,
      Passport passport,
      Condition condition,
      Instant since,
      String sentence,
      String code) {
    BundleStatus next = new BundleStatus(entry, passport, condition, since, sentence, code);
    status = next;
    return next;
  }

  /** Whether a bundle serves there that calls must not be taken from. */
  boolean serves() {
    BundleStatus now = status;
    return occupant != null && now != null && now.state() == Condition.ACTIVE;
  }
}
