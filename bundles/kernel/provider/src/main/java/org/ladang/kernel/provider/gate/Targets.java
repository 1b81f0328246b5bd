package org.ladang.kernel.provider.gate;

import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.ladang.kernel.LadangException;
import org.ladang.kernel.provider.action.BoundAction;
import org.ladang.kernel.provider.proxy.ServiceBroker;
import org.ladang.kernel.provider.proxy.Slot;
import org.ladang.kernel.provider.proxy.Target;

/** Finds the object behind an action, wakes its bundle if it sleeps, and counts the call in. */
public final class Targets {
  private final ServiceBroker broker;
  private final Grace grace;
  private final Map<String, BoundAction> own;
  // Where an action was last found. Only a hint: what is found there is looked at again.
  private final Map<String, Slot> hints = new ConcurrentHashMap<>();

  /**
   * @param own the kernel's own actions, by id; they are never swapped
   */
  public Targets(ServiceBroker broker, Grace grace, Map<String, BoundAction> own) {
    this.broker = broker;
    this.grace = grace;
    this.own = own;
  }

  /** A call that has entered its target. */
  record Entered(Slot slot, Target target, BoundAction action) {
    void leave() {
      if (slot != null) {
        slot.leave(target);
      }
    }

    /** The target stays busy until the stage is done. */
    void leaveWhenDone(CompletionStage<?> stage) {
      if (slot != null) {
        slot.leaveLater(target);
        stage.whenComplete((value, e) -> target.leave());
      }
    }
  }

  Entered enter(Catalog.Listed listed, long nanos) {
    String id = listed.info().id();
    BoundAction kernels = own.get(id);
    if (kernels != null) {
      return new Entered(null, null, kernels);
    }
    if (listed.stopped()) {
      throw new LadangException(
              "LADANG-GATE-005", id + " cannot be called: an operator stopped its plugin.")
          .next("Start it with `plugin:start " + listed.info().owner() + "`.");
    }
    Slot hint = hints.get(id);
    if (hint == null || !offers(hint, listed.info().name())) {
      hint = find(listed, nanos);
    }
    return enter(hint, listed, Math.min(nanos, grace.longest().toNanos()));
  }

  private Entered enter(Slot slot, Catalog.Listed listed, long nanos) {
    Target target;
    try {
      target = slot.enter(nanos);
    } catch (LadangException e) {
      throw gone(listed, e);
    }
    BoundAction action = bound(target, listed.info().name());
    if (action != null) {
      return new Entered(slot, target, action);
    }
    // Between finding and entering another version came that offers it elsewhere, or no more.
    slot.leave(target);
    hints.remove(listed.info().id());
    Slot other = find(listed, nanos);
    Target second = other.enter(nanos);
    BoundAction found = bound(second, listed.info().name());
    if (found == null) {
      other.leave(second);
      throw gone(listed, null);
    }
    return new Entered(other, second, found);
  }

  private Slot find(Catalog.Listed listed, long nanos) {
    String name = listed.info().name();
    Slot[] found = new Slot[1];
    if (!look(listed, name, found)) {
      listed.wake().run();
      grace.await(() -> look(listed, name, found), nanos);
    }
    if (found[0] == null) {
      throw gone(listed, null);
    }
    hints.put(listed.info().id(), found[0]);
    return found[0];
  }

  private boolean look(Catalog.Listed listed, String name, Slot[] found) {
    for (Slot slot : broker.actionSlots(listed.symbolicName())) {
      if (offers(slot, name)) {
        found[0] = slot;
        return true;
      }
    }
    return false;
  }

  private static boolean offers(Slot slot, String name) {
    Target target = slot.target();
    return target != null && bound(target, name) != null;
  }

  private static BoundAction bound(Target target, String name) {
    return target.attachment() instanceof Map<?, ?> actions
        ? (BoundAction) actions.get(name)
        : null;
  }

  private static LadangException gone(Catalog.Listed listed, Throwable cause) {
    return new LadangException(
            "LADANG-GATE-005",
            listed.info().id() + " cannot be called: " + listed.symbolicName() + " does not serve.",
            cause)
        .next("Ask `plugin:why " + listed.info().owner() + "` for the cause.")
        .with("owner", listed.info().owner());
  }
}
