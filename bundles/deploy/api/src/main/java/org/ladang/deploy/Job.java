package org.ladang.deploy;

import java.time.Instant;

/**
 * Something that was ordered and is not waited for. Jobs outlive the provider that began them.
 *
 * @param id names it
 * @param what the order, for example {@code rollback 12}
 * @param author who gave it
 * @param since when
 * @param state how far it is
 * @param sentence how it ended; empty while it runs
 * @param code the stable code of the reason where it failed; else empty
 */
public record Job(
    String id,
    String what,
    String author,
    Instant since,
    State state,
    String sentence,
    String code) {

  /** What can be ordered so. */
  public enum Order {
    /** {@link Deployments#rollback}; the argument is the generation, or empty. */
    ROLLBACK,
    /** {@link Deployments#accept}; the argument is the file. */
    ACCEPT,
    /** {@link Deployments#apply}; the argument is the file. */
    APPLY,
    /** {@link Deployments#start}; the argument is the name. */
    START,
    /** {@link Deployments#stop}; the argument is the name. */
    STOP,
    /** {@link Deployments#remove}; the argument is the name. */
    REMOVE
  }

  /** How far a job is. */
  public enum State {
    /** Under way, or waiting for its turn. */
    RUNNING,
    /** Done. */
    DONE,
    /** Not done; everything is as before. */
    FAILED,
    /** The room was replaced or restarted meanwhile, and what became of it is not known yet. */
    HANDED_OVER
  }
}
