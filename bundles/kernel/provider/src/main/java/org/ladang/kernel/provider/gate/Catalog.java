package org.ladang.kernel.provider.gate;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.ladang.kernel.Events;
import org.ladang.kernel.LadangException;
import org.ladang.kernel.action.ActionCatalog;
import org.ladang.kernel.action.ActionInfo;
import org.ladang.kernel.swap.Kind;
import org.ladang.kernel.swap.Passport;

/** The list of actions, copy on write: reading it takes no lock. */
public final class Catalog implements ActionCatalog {
  private final Events events;
  private volatile Snapshot snapshot = new Snapshot(0, Collections.emptyNavigableMap());

  private record Snapshot(long revision, Map<String, Listed> entries) {}

  /**
   * An action and how to get at it.
   *
   * @param symbolicName the bundle that offers it
   * @param wake starts the bundle if it sleeps
   * @param stopped whether an operator stopped the bundle
   * @param plugin whether it is a plugin's
   */
  record Listed(
      ActionInfo info, String symbolicName, Runnable wake, boolean stopped, boolean plugin) {}

  public Catalog(Events events) {
    this.events = events;
  }

  /**
   * Lists what a bundle offers, in place of what it offered before.
   *
   * @param wake starts the bundle if it sleeps; returns when its actions can be called
   * @throws LadangException {@code LADANG-SWAP-018} when another bundle offers one of the actions
   */
  public void put(Passport passport, Runnable wake) {
    list(passport, wake, false);
  }

  /** As {@link #put}, for a bundle that an operator stopped: its actions are known, but refused. */
  public void stop(Passport passport) {
    list(passport, () -> {}, true);
  }

  /** Takes away what a bundle offered. */
  public void remove(String symbolicName) {
    change(next -> without(next, symbolicName));
  }

  /**
   * Whether the bundle may offer what it wants to.
   *
   * @throws LadangException {@code LADANG-SWAP-018} when another bundle offers one of the actions
   */
  public void checkFree(Passport passport) {
    for (ActionInfo action : passport.actions()) {
      Listed present = snapshot.entries().get(action.id());
      if (present != null && !present.symbolicName().equals(passport.symbolicName())) {
        throw new LadangException(
                "LADANG-SWAP-018",
                passport.symbolicName()
                    + " offers "
                    + action.id()
                    + ", which "
                    + present.symbolicName()
                    + " offers already.")
            .next("Remove the other one first, or give this one another name.");
      }
    }
  }

  private void list(Passport passport, Runnable wake, boolean stopped) {
    checkFree(passport);
    change(
        next -> {
          without(next, passport.symbolicName());
          for (ActionInfo action : passport.actions()) {
            next.put(
                action.id(),
                new Listed(
                    action,
                    passport.symbolicName(),
                    wake,
                    stopped,
                    passport.kind() == Kind.PLUGIN));
          }
          return next;
        });
  }

  private static Map<String, Listed> without(Map<String, Listed> next, String symbolicName) {
    next.values().removeIf(l -> l.symbolicName().equals(symbolicName));
    return next;
  }

  private void change(UnaryOperator<Map<String, Listed>> change) {
    synchronized (this) {
      Snapshot now = snapshot;
      Map<String, Listed> next = change.apply(new TreeMap<>(now.entries()));
      if (next.equals(now.entries())) {
        return;
      }
      snapshot = new Snapshot(now.revision() + 1, Collections.unmodifiableMap(next));
    }
    events.info("actions.changed", "", "The list of actions has changed.");
  }

  Optional<Listed> listed(String id) {
    return Optional.ofNullable(snapshot.entries().get(id));
  }

  @Override
  public List<ActionInfo> actions() {
    return snapshot.entries().values().stream().map(Listed::info).toList();
  }

  @Override
  public Optional<ActionInfo> find(String id) {
    return listed(id).map(Listed::info);
  }

  @Override
  public long revision() {
    return snapshot.revision();
  }
}
