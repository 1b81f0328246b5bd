package org.ladang.shard.provider;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * What several threads asked of one thing and were answered, and whether it is linearizable: whether the calls can be put
 * into one order, none before another that had ended when it began, in which every answer is right. Searches the orders as
 * Wing and Gong do (Testing and Verifying Concurrent Objects, 1993), and remembers where it has been as Lowe does.
 *
 * @param <S> the state of the thing, by value
 */
final class History<S> {
  /**
   * One call.
   *
   * @param began when it was made, and {@code ended} when its answer was there: {@link System#nanoTime} of one JVM
   * @param step the states after it where its answer is right; none where it is wrong
   */
  record Call<S>(String text, long began, long ended, Function<S, List<S>> step) {
    @Override
    public String toString() {
      return text;
    }
  }

  private record Place<S>(Set<Integer> done, S state) {}

  private final List<Call<S>> calls = Collections.synchronizedList(new ArrayList<>());

  void add(Call<S> call) {
    calls.add(call);
  }

  Collection<Call<S>> calls() {
    return calls;
  }

  /** An order in which all answers are right; empty when there is none. */
  Optional<List<Call<S>>> order(S first) {
    List<Call<S>> found = new ArrayList<>();
    return search(Set.of(), first, new HashSet<>(), found) ? Optional.of(found) : Optional.empty();
  }

  private boolean search(
      Set<Integer> done, S state, Set<Place<S>> seen, List<Call<S>> orderOfThem) {
    if (done.size() == calls.size()) {
      return true;
    }
    if (!seen.add(new Place<>(done, state))) {
      return false;
    }
    long firstEnd = Long.MAX_VALUE;
    for (int i = 0; i < calls.size(); i++) {
      if (!done.contains(i)) {
        firstEnd = Math.min(firstEnd, calls.get(i).ended());
      }
    }
    for (int i = 0; i < calls.size(); i++) {
      Call<S> call = calls.get(i);
      if (done.contains(i) || call.began() > firstEnd) {
        continue;
      }
      Set<Integer> more = new HashSet<>(done);
      more.add(i);
      for (S next : call.step().apply(state)) {
        orderOfThem.add(call);
        if (search(Set.copyOf(more), next, seen, orderOfThem)) {
          return true;
        }
        orderOfThem.remove(orderOfThem.size() - 1);
      }
    }
    return false;
  }
}
