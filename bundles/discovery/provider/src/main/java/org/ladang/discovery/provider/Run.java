package org.ladang.discovery.provider;

/**
 * Calls of one thread that follow each other on the word of one pick. A local call may take less time than to choose whom
 * to call: after a pick whose call was quick, the same thread's next {@value #LONGEST} calls go to the same endpoint, for
 * {@value #MILLIS} ms at the most, as long as it stays alive and in its place and nothing fails. One that takes long is
 * noticed by a tick that has passed meanwhile, and is the last. Only its own thread touches a run, but for finding out
 * that it is not its own.
 */
final class Run {
  static final int LONGEST = 15;

  /** A call that took no longer is quick. */
  static final long QUICK_NANOS = 20_000;

  /** As long as a tick of the checks. */
  static final int MILLIS = 50;

  private final long thread;
  private Seat seat;
  private Object table;
  private long tick;
  private long took;
  private int left;
  private int made;

  Run(long thread) {
    this.thread = thread;
  }

  boolean of(long other) {
    return thread == other;
  }

  /** Begins after a pick whose call took so long. */
  void begin(Seat whose, long now, long nanos) {
    seat = whose;
    // It may have gone since it was picked.
    table = whose.group().tableWith(whose);
    tick = now;
    took = nanos;
    left = LONGEST;
    made = 0;
  }

  /** Whom the next call goes to; null when it is time to pick again. */
  Seat next(long now) {
    if (left > 0 && tick == now && seat.group().isStill(table) && seat.entry().alive()) {
      left--;
      return seat;
    }
    return null;
  }

  /** A call has succeeded; when a tick has passed meanwhile it may have been slow, and is the last. */
  void made(long now) {
    made++;
    if (tick != now) {
      left = 0;
    }
  }

  /** No further call on this pick, and the balancer is told of those that were made. */
  void end() {
    left = 0;
    if (made > 0) {
      int times = made;
      made = 0;
      seat.group().made(seat.id(), times, took);
    }
  }
}
