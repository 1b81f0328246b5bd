package org.ladang.registry.provider;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.ladang.kernel.swap.BundleStatus;
import org.ladang.kernel.swap.BundleStatus.Condition;
import org.ladang.kernel.swap.Kind;
import org.ladang.kernel.swap.Passport;

/**
 * The plugins at one moment, by name: those that the kernel knows, with those that are on their way in laid over them.
 * Immutable.
 */
final class PluginView {
  /** A plugin and whether it can be counted upon. */
  record Seen(Passport passport, Condition state) {}

  private final Map<String, Seen> byName;

  private PluginView(Map<String, Seen> byName) {
    this.byName = byName;
  }

  static PluginView of(Collection<BundleStatus> statuses) {
    Map<String, Seen> byName = new TreeMap<>();
    for (BundleStatus status : statuses) {
      if (status.passport().kind() == Kind.PLUGIN) {
        byName.put(status.passport().name(), new Seen(status.passport(), status.state()));
      }
    }
    return new PluginView(byName);
  }

  /** The same, as if {@code arriving} were there already. */
  PluginView with(Collection<Passport> arriving) {
    Map<String, Seen> more = new TreeMap<>(byName);
    for (Passport passport : arriving) {
      if (passport.kind() == Kind.PLUGIN) {
        more.put(passport.name(), new Seen(passport, Condition.ACTIVE));
      }
    }
    return new PluginView(more);
  }

  Optional<Seen> find(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  Collection<Seen> all() {
    return byName.values();
  }

  /** The plugins that declare a need of {@code name}. */
  List<Seen> usersOf(String name) {
    List<Seen> users = new ArrayList<>();
    for (Seen seen : byName.values()) {
      boolean needs = seen.passport().requires().stream().anyMatch(n -> n.plugin().equals(name));
      if (needs && seen.state() != Condition.REFUSED && !seen.passport().name().equals(name)) {
        users.add(seen);
      }
    }
    return users;
  }
}
