package org.ladang.deploy.provider;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ladang.deploy.Attempt.Step;

/** One file of the inbox as the worker knows it. Used by the worker's thread only. */
final class Sighting {
  /**
   * Why a file was not taken yet.
   *
   * @param candidate what was read
   * @param since since when it waits, in nanoseconds of the clock
   * @param progress how many files had been taken when it was last looked at
   * @param otherwise what is said when the wait is over
   */
  record Hold(Candidate candidate, long since, long progress, Verdict.Refusal otherwise) {}

  private final String name;
  private final List<Step> steps = new ArrayList<>();
  private Stamp stamp;
  private long first;
  private long stillSince;
  private boolean done;
  private Hold hold;

  Sighting(String name, Stamp stamp, long first, long now) {
    this.name = name;
    this.stamp = stamp;
    this.first = first;
    this.stillSince = now;
  }

  String name() {
    return name;
  }

  Stamp stamp() {
    return stamp;
  }

  /** When this content was first seen, in nanoseconds of the clock. */
  long first() {
    return first;
  }

  /** Since when the content has not changed. */
  long stillSince() {
    return stillSince;
  }

  /** The file is there, with this stamp. */
  void seen(Stamp now, long touched, long nanos) {
    if (now.sameContent(stamp)) {
      return;
    }
    stamp = now;
    stillSince = nanos;
    hold = null;
    if (done) {
      done = false;
      first = touched;
      steps.clear();
    }
  }

  /** Nothing is left to be done with this content. */
  void finish() {
    done = true;
    hold = null;
  }

  /** The worker itself has put this content there. */
  void finish(Stamp written) {
    stamp = written;
    finish();
  }

  /** Whether something is left to be done. */
  boolean open() {
    return !done;
  }

  /** Read and checked, but something that it needs has not come yet. */
  void hold(Candidate candidate, long nanos, long progress, Verdict.Refusal otherwise) {
    hold = new Hold(candidate, hold == null ? nanos : hold.since(), progress, otherwise);
  }

  Optional<Hold> hold() {
    return Optional.ofNullable(hold);
  }

  /** Whether it was seen to be a complete ZIP file. */
  boolean isComplete() {
    return !steps.isEmpty();
  }

  void step(String what, long nanos) {
    steps.add(new Step(what, (nanos - first) / 1_000_000));
  }

  List<Step> steps() {
    return List.copyOf(steps);
  }
}
