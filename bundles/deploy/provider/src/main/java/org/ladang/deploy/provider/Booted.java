package org.ladang.deploy.provider;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.BooleanSupplier;
import org.ladang.kernel.swap.BundleEntry;
import org.ladang.kernel.swap.BundleStatus.Condition;
import org.ladang.kernel.swap.Generations;
import org.ladang.kernel.swap.Swapper;

/**
 * Whether the kernel has tried to start all that the generation names; requirements are judged wrongly before. Each
 * bundle is asked for until it was tried and not again, so that waiting for a thousand takes nothing from their start.
 * For one thread.
 */
final class Booted implements BooleanSupplier {
  private final Swapper swapper;
  private final Deque<BundleEntry> left;

  Booted(Swapper swapper, Generations generations) {
    this.swapper = swapper;
    this.left = new ArrayDeque<>(generations.current().bundles());
    left.removeIf(entry -> entry.name().equals("deploy"));
  }

  @Override
  public boolean getAsBoolean() {
    while (!left.isEmpty() && tried(left.getFirst())) {
      left.removeFirst();
    }
    return left.isEmpty();
  }

  private boolean tried(BundleEntry entry) {
    return swapper
        .status(entry.symbolicName())
        .filter(status -> status.state() != Condition.STARTING)
        .isPresent();
  }
}
