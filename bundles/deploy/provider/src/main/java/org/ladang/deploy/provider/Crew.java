package org.ladang.deploy.provider;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.ladang.kernel.LadangException;
import org.ladang.kernel.action.ActionInfo;
import org.ladang.kernel.swap.BundleEntry;
import org.ladang.kernel.swap.Generations.Content;
import org.ladang.kernel.swap.Kind;
import org.ladang.kernel.swap.Passport;
import org.ladang.kernel.swap.Passport.Need;

/**
 * Reads several files and starts several new plugins at a time, as long as they have nothing to do with each other: one
 * that is slow to start holds up none of the others. What replaces something is decided upon alone. Used by the worker's
 * thread only.
 */
final class Crew {
  private final Executor hands;
  private final int size;
  private final Runnable bell;
  private final List<Candidate> running = new ArrayList<>();
  private final BlockingQueue<Decided> decided = new LinkedBlockingQueue<>();

  /**
   * What became of a candidate: the verdict, or a fault of the runtime.
   *
   * @param mark what was said when it was begun
   */
  record Decided(Candidate candidate, long mark, Verdict verdict, Throwable fault) {
    /** The verdict; throws the fault on the thread of whoever asks. */
    Verdict get() {
      if (fault != null) {
        throw thrown(fault);
      }
      return verdict;
    }
  }

  /** What came of reading a file: a candidate, nothing, or why it is no sound bundle. */
  record Read(Sighting sighting, Optional<Candidate> candidate, Optional<LadangException> why) {}

  /** Reads one file. */
  interface Reading {
    Optional<Candidate> read(Sighting sighting);
  }

  /**
   * @param hands run what is given to them, on other threads
   * @param size how many are started at a time
   * @param bell is rung when one is done
   */
  Crew(Executor hands, int size, Runnable bell) {
    this.hands = hands;
    this.size = size;
    this.bell = bell;
  }

  /** Whether nobody is at work. */
  boolean idle() {
    return running.isEmpty();
  }

  /** Whether the candidate of that file is under way. */
  boolean has(String file) {
    return running.stream().anyMatch(candidate -> candidate.file().equals(file));
  }

  /** Whether there is a hand free. */
  boolean hand() {
    return running.size() < size;
  }

  /** Whether it is a plugin that takes nobody's place, and can be started beside others. */
  boolean isNew(Candidate candidate, Content content) {
    return candidate.passport().kind() == Kind.PLUGIN
        && candidate.sighting().hold().isEmpty()
        && isFresh(candidate, content);
  }

  /** Whether it takes nobody's place. */
  static boolean isFresh(Candidate candidate, Content content) {
    return content.bundles().stream().noneMatch(there -> displaces(candidate, there));
  }

  /** Whether a candidate can be begun now: it is new and free, and there is a hand for it. */
  boolean takes(Candidate candidate, Content content) {
    return hand() && free(candidate) && isNew(candidate, content);
  }

  /** Whether it can be decided upon now: it is a plugin, and none that is under way has to do with it. */
  boolean free(Candidate candidate) {
    return idle()
        || candidate.passport().kind() == Kind.PLUGIN
            && running.stream().noneMatch(other -> concerns(candidate, other));
  }

  private static boolean displaces(Candidate candidate, BundleEntry there) {
    return there.symbolicName().equals(candidate.passport().symbolicName())
        || there.name().equals(candidate.passport().name())
        || there.file().equals(candidate.file());
  }

  /** Whether the one must wait for the other. */
  static boolean concerns(Candidate one, Candidate other) {
    Passport a = one.passport();
    Passport b = other.passport();
    return one.file().equals(other.file())
        || a.symbolicName().equals(b.symbolicName())
        || a.name().equals(b.name())
        || a.requires().stream().map(Need::plugin).anyMatch(b.name()::equals)
        || !disjoint(a.actions(), b.actions());
  }

  private static boolean disjoint(List<ActionInfo> some, List<ActionInfo> others) {
    Set<String> ids =
        some.stream().map(ActionInfo::id).collect(Collectors.toCollection(HashSet::new));
    return others.stream().map(ActionInfo::id).noneMatch(ids::contains);
  }

  /** Begins to decide over one that is {@linkplain #takes taken}. */
  void begin(Candidate candidate, long mark, Supplier<Verdict> decision) {
    running.add(candidate);
    hands.execute(
        () -> {
          try {
            decided.add(new Decided(candidate, mark, decision.get(), null));
          } catch (Throwable e) {
            // Whoever waits for it must hear of it, whatever it is.
            decided.add(new Decided(candidate, mark, null, e));
          }
          bell.run();
        });
  }

  /** The passports of those that are under way. */
  List<Passport> passports() {
    return running.stream().map(Candidate::passport).toList();
  }

  /** One that is done; empty where none is. */
  Optional<Decided> done() {
    Optional<Decided> next = Optional.ofNullable(decided.poll());
    next.ifPresent(one -> running.remove(one.candidate()));
    return next;
  }

  /** Waits for the next one to be done. Every start has a deadline of its own. */
  Decided next() {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          Decided next = decided.take();
          running.remove(next.candidate());
          return next;
        } catch (InterruptedException e) {
          interrupted = true; // What was begun is finished.
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Reads files at the same time; returns what came of them in their order. */
  List<Read> read(List<Sighting> sightings, Reading reading) {
    if (sightings.size() == 1) {
      return List.of(read(sightings.get(0), reading));
    }
    List<CompletableFuture<Read>> all =
        sightings.stream()
            .map(s -> CompletableFuture.supplyAsync(() -> read(s, reading), hands))
            .toList();
    try {
      return all.stream().map(CompletableFuture::join).toList();
    } catch (CompletionException e) {
      throw thrown(e.getCause());
    }
  }

  private static RuntimeException thrown(Throwable fault) {
    if (fault instanceof Error error) {
      throw error;
    }
    return (RuntimeException) fault; // Nothing here throws another kind.
  }

  private static Read read(Sighting sighting, Reading reading) {
    try {
      return new Read(sighting, reading.read(sighting), Optional.empty());
    } catch (LadangException e) {
      return new Read(sighting, Optional.empty(), Optional.of(e));
    }
  }
}
