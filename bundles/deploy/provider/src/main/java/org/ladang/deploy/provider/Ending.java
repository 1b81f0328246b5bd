package org.ladang.deploy.provider;

import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.ladang.deploy.Attempt;
import org.ladang.kernel.LadangException;
import org.ladang.kernel.swap.Generations.Content;

/**
 * How an attempt ended, before it is written down.
 *
 * @param attempt what will be said of it
 * @param change what the next generation says otherwise; empty where nothing does
 * @param undo brings back what ran before, where the generation cannot be written
 * @param after what is left to be done once it is written
 * @param told is told of the attempt with its id, once it is written
 */
record Ending(
    Attempt attempt,
    Optional<UnaryOperator<Content>> change,
    Consumer<LadangException> undo,
    Runnable after,
    Consumer<Attempt> told) {

  static Ending of(Attempt attempt) {
    return new Ending(attempt, Optional.empty(), e -> {}, () -> {}, a -> {});
  }

  Ending changing(UnaryOperator<Content> made, Consumer<LadangException> back) {
    return new Ending(attempt, Optional.of(made), back, after, told);
  }

  Ending then(Runnable rest) {
    return new Ending(attempt, change, undo, rest, told);
  }

  Ending telling(Consumer<Attempt> reader) {
    return new Ending(attempt, change, undo, after, reader);
  }
}
